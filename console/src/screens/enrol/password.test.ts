import { describe, expect, it } from 'vitest';
import { passwordFacts } from './password';

const failing = (password: string, name = ''): string[] =>
  passwordFacts(password, name)
    .filter((fact) => !fact.holds)
    .map((fact) => fact.key);

describe('facts about a password', () => {
  it('count characters, not bytes', () => {
    expect(failing('ä'.repeat(14))).toContain('length');
    expect(failing('grüne Wiese am Bach')).toEqual([]);
  });

  it('see one’s own name and a few characters repeated', () => {
    expect(failing('olga walks home late', 'Olga Virtanen')).toEqual(['name']);
    expect(failing('abababababababab')).toEqual(['repeats']);
  });

  it('hold nothing for an empty password', () => {
    expect(failing('')).toEqual(['length', 'name', 'repeats']);
  });
});
