import { describe, expect, it } from 'vitest';
import { makeText } from '../i18n/catalogue';
import { de } from '../i18n/de';
import { en } from '../i18n/en';
import { DAY, HOUR, MINUTE, SECOND } from '../time/instant';
import { bytesText, durationText } from './duration';

const english = makeText('en', en);
const german = makeText('de', de);

describe('a length of time', () => {
  it('is told in its two largest units', () => {
    expect(durationText(14 * MINUTE + 26.94 * SECOND, english)).toBe('14 min 26.9 s');
    expect(durationText(10 * MINUTE, english)).toBe('10 min');
    expect(durationText(30 * SECOND, english)).toBe('30 s');
    expect(durationText(4 * HOUR + 40 * MINUTE, english)).toBe('4 h 40 min');
    expect(durationText(30 * DAY, german)).toBe('30 T');
    expect(durationText(0.04 * SECOND, english)).toBe('40 ms');
  });
});

describe('an amount of storage', () => {
  it('is told in powers of a thousand', () => {
    expect(bytesText(1_440_000_000, english)).toBe('1.4 GB');
    expect(bytesText(1_440_000_000, german)).toBe('1,4 GB');
    expect(bytesText(12, english)).toBe('12 B');
  });
});
