import { describe, expect, it } from 'vitest';
import { makeText } from './catalogue';
import { de } from './de';
import { en } from './en';

const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();

describe('the catalogues', () => {
  it('hold the same keys and the same places to fill', () => {
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
    for (const [key, text] of Object.entries(en)) {
      expect([key, names(de[key as keyof typeof en])]).toEqual([key, names(text)]);
    }
  });

  it('shout nowhere and leave nothing empty', () => {
    for (const catalogue of [en, de]) {
      for (const [key, text] of Object.entries(catalogue)) {
        expect([key, text]).not.toEqual([key, '']);
        expect([key, text.includes('!')]).toEqual([key, false]);
      }
    }
  });

  it('have both numbers of every counted thing', () => {
    for (const key of Object.keys(en).filter((each) => each.endsWith('.one'))) {
      expect(Object.keys(en)).toContain(key.replace(/\.one$/, '.other'));
    }
  });
});

describe('a text', () => {
  it('is filled, counted and numbered in its language', () => {
    const german = makeText('de', de);
    expect(german.count('cameras.count', 1)).toContain('1');
    expect(german.number(1234.5, 1)).toBe('1.234,5');
    expect(german.word('role', 'operator')).toBe(de['role.operator']);
    expect(german.word('cause', 'something-new')).toBe('something-new');
  });
});

describe('what is wrong with a field', () => {
  it('can be told without its values too, as the log does', () => {
    for (const [key, text] of Object.entries(en).filter(([each]) => each.startsWith('wrong.'))) {
      if (names(text).length > 0) expect(Object.keys(en)).toContain(key.replace('wrong.', 'said.'));
    }
  });

  it('is not told half when a value is missing', () => {
    const text = makeText('en', en);
    expect(text.told('wrong.form.too-long', { length: '130', most: '120' })).toBe('130 characters are too many; at most 120.');
    expect(text.told('wrong.form.too-long', {})).toBeUndefined();
    expect(text.told('wrong.form.never-heard', {})).toBeUndefined();
  });
});
