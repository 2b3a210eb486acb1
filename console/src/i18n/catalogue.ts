import type { en } from './en';

/** Every text has a key; a key that one language lacks does not compile. */
export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, string>>;
export type Language = 'en' | 'de';

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<K extends Key> = Readonly<Record<Names<(typeof en)[K]>, string | number>>;
type Arguments<K extends Key> = [Names<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

type CountedIn<K extends Key> = K extends `${infer Base}.one` ? Base : never;
/** What exists as `.one` and `.other`. */
type Counted = CountedIn<Key>;

type PlainIn<K extends Key> = K extends Key ? ([Names<(typeof en)[K]>] extends [never] ? K : never) : never;
/** Keys of texts with nothing to fill in. */
export type PlainKey = PlainIn<Key>;

export interface Text {
  readonly language: Language;
  /** The tag that numbers and dates are written in. */
  readonly locale: string;
  <K extends Key>(key: K, ...values: Arguments<K>): string;
  /** One camera, 5 cameras. `{n}` is the number, written as this language writes it. */
  count(base: Counted, n: number): string;
  number(value: number, digits?: number): string;
  /** A word from the server that has a text under `prefix.word`, or the word as it came. */
  word(prefix: string, word: string): string;
  /** The text of a key that came from the server with its values, if it is known and they fill it. */
  told(key: string, values: Readonly<Record<string, string>>): string | undefined;
  /** Text of a key that came from the server, if there is one. */
  has(key: string): key is Key;
}

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

export function makeText(language: Language, catalogue: Catalogue): Text {
  const locale = locales[language];
  const plural = new Intl.PluralRules(locale);
  const has = (key: string): key is Key => Object.hasOwn(catalogue, key);
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const fill = (text: string, values: Readonly<Record<string, string | number>> | undefined): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));

  const text = (key: Key, values?: Readonly<Record<string, string | number>>): string => fill(catalogue[key], values);
  return Object.assign(text, {
    language,
    locale,
    number,
    has,
    told(key: string, values: Readonly<Record<string, string>>): string | undefined {
      const filled = has(key) ? fill(catalogue[key], values) : undefined;
      return filled === undefined || /\{\w+\}/.test(filled) ? undefined : filled;
    },
    count(base: string, n: number): string {
      const key = `${base}.${plural.select(n) === 'one' ? 'one' : 'other'}`;
      return has(key) ? fill(catalogue[key], { n: number(n) }) : key;
    },
    word(prefix: string, word: string): string {
      const key = prefix === '' ? word : `${prefix}.${word}`;
      return has(key) ? catalogue[key] : word;
    },
  }) as Text;
}
