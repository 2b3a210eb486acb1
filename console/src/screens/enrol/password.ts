/** NIST SP 800-63B-4 section 3.1.1.2: length counts, classes of characters do not. */
export const FEWEST_CHARACTERS = 15;

export interface PasswordFact {
  readonly key: 'length' | 'name' | 'repeats';
  readonly holds: boolean;
}

/** Facts about a password, never a score. The server checks again, and more. */
export function passwordFacts(password: string, name: string): readonly PasswordFact[] {
  const characters = [...password];
  const low = password.toLocaleLowerCase();
  const names = name.toLocaleLowerCase().split(/\s+/).filter((each) => each.length >= 3);
  return [
    { key: 'length', holds: characters.length >= FEWEST_CHARACTERS },
    { key: 'name', holds: characters.length > 0 && !names.some((each) => low.includes(each)) },
    { key: 'repeats', holds: new Set(characters).size >= 6 },
  ];
}
