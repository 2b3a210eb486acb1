import { describe, expect, it } from 'vitest';
import { parseInstant } from '../time/instant';
import { Zone } from '../time/zone';
import { readTime } from './read-time';

const zone = new Zone('Europe/Helsinki', 'en-GB');
const now = parseInstant('2026-11-22T12:00:00Z') ?? 0;
const read = (text: string): number | undefined => readTime(text, zone, now);

describe('a time as people type it', () => {
  it('is read in the zone of the site', () => {
    expect(read('2026-11-19 14:02')).toBe(parseInstant('2026-11-19T12:02:00Z'));
    expect(read('19.11. 14:02:11,5')).toBe(parseInstant('2026-11-19T12:02:11.5Z'));
    expect(read('19.11.2025 14:02')).toBe(parseInstant('2025-11-19T12:02:00Z'));
  });

  it('without a day is the last one before now', () => {
    expect(read('13:59')).toBe(parseInstant('2026-11-22T11:59:00Z'));
    expect(read('14:01')).toBe(parseInstant('2026-11-21T12:01:00Z'));
  });

  it('is no time when it is something else', () => {
    expect(read('dock 1')).toBeUndefined();
    expect(read('26:00')).toBeUndefined();
  });
});
