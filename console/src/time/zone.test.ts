import { describe, expect, it } from 'vitest';
import { DAY, HOUR, formatInstant, parseInstant } from './instant';
import { Zone, utcText } from './zone';

const at = (text: string): number => {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`not an instant: ${text}`);
  return found;
};

describe('an instant', () => {
  it('keeps its six decimals both ways', () => {
    expect(formatInstant(at('2026-11-22T02:53:49.123456Z'))).toBe('2026-11-22T02:53:49.123456Z');
    expect(formatInstant(at('2026-11-22T02:53:49Z'))).toBe('2026-11-22T02:53:49.000000Z');
  });

  it('reads an offset and refuses what is no instant', () => {
    expect(at('2026-11-22T03:53:49.5+01:00')).toBe(at('2026-11-22T02:53:49.5Z'));
    expect(parseInstant('2026-11-22')).toBeUndefined();
    expect(parseInstant('2026-13-22T00:00:00Z')).toBeUndefined();
  });
});

describe('the zone of a site', () => {
  const helsinki = new Zone('Europe/Helsinki', 'en-GB');

  it('shows winter and summer by their own offset', () => {
    expect(helsinki.time(at('2026-01-15T12:00:00Z'))).toBe('14:00:00');
    expect(helsinki.time(at('2026-07-15T12:00:00Z'))).toBe('15:00:00');
    expect(helsinki.millis(at('2026-01-15T12:00:00.040999Z'))).toBe('14:00:00.040');
  });

  it('finds the first of two readings when the clock goes back', () => {
    expect(helsinki.fromFields('2026-10-25', '03:30')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('moves a reading that never was past the leap', () => {
    expect(helsinki.fromFields('2026-03-29', '03:30')).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('knows that a day may have 23 or 25 hours', () => {
    const spring = helsinki.startOfDay(at('2026-03-29T10:00:00Z'));
    expect(helsinki.startOfDay(at('2026-03-30T10:00:00Z')) - spring).toBe(23 * HOUR);
    const autumn = helsinki.startOfDay(at('2026-10-25T10:00:00Z'));
    expect(helsinki.startOfDay(at('2026-10-26T10:00:00Z')) - autumn).toBe(25 * HOUR);
  });

  it('works where the offset is no whole hour', () => {
    const kathmandu = new Zone('Asia/Kathmandu', 'en-GB');
    expect(kathmandu.time(at('2026-01-15T12:00:00Z'))).toBe('17:45:00');
    expect(kathmandu.fromFields('2026-01-15', '17:45:00')).toBe(at('2026-01-15T12:00:00Z'));
  });

  it('comes back from its own fields on every hour of a year', () => {
    for (let hour = at('2026-01-01T00:00:00.040Z'); hour < at('2027-01-01T00:00:00Z'); hour += HOUR) {
      const { date, time } = helsinki.fieldsOf(hour);
      const back = helsinki.fromFields(date, time);
      // The second of two equal readings comes back as the first.
      if (back !== hour) expect(hour - (back ?? 0)).toBe(HOUR);
    }
  });

  it('refuses a reading that no clock shows', () => {
    expect(helsinki.fromFields('2026-01-15', '25:00')).toBeUndefined();
    expect(helsinki.fromFields('yesterday', '12:00')).toBeUndefined();
  });

  it('writes UTC beside it', () => {
    expect(utcText(at('2026-01-15T12:00:00.040Z'))).toBe('2026-01-15 12:00:00.040 UTC');
    expect(DAY).toBe(24 * HOUR);
  });
});
