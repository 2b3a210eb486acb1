import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND, parseInstant } from '../../../time/instant';
import { Zone } from '../../../time/zone';
import { playbackSearch } from '../address';
import { LONGEST_SPAN, SHORTEST_SPAN, atX, block, centred, including, span, xOf, zoomed, type View } from './geometry';
import { stepFor, ticks } from './ticks';

const at = (text: string): number => parseInstant(text) ?? Number.NaN;
const helsinki = new Zone('Europe/Helsinki', 'en-GB');
const hour: View = { from: at('2026-11-22T10:00:00Z'), to: at('2026-11-22T11:00:00Z'), width: 1200 };

describe('the geometry of the timeline', () => {
  it('maps time to pixels and back', () => {
    expect(xOf(hour, at('2026-11-22T10:30:00Z'))).toBe(600);
    expect(atX(hour, 600)).toBe(at('2026-11-22T10:30:00Z'));
  });

  it('zooms around the pointer', () => {
    for (const x of [0, 137, 600, 1200]) {
      const closer = zoomed(hour, 0.5, x);
      expect(span(closer)).toBe(30 * MINUTE);
      expect(Math.abs(atX(closer, x) - atX(hour, x))).toBeLessThan(2);
    }
  });

  it('goes from 30 days to seconds and no further', () => {
    expect(span(zoomed(hour, 1e9, 600))).toBe(LONGEST_SPAN);
    expect(span(zoomed(hour, 1e-9, 600))).toBe(SHORTEST_SPAN);
  });

  it('moves only as far as the playhead needs', () => {
    expect(including(hour, at('2026-11-22T10:30:00Z'))).toBe(hour);
    const later = including(hour, at('2026-11-22T11:10:00Z'));
    expect(xOf(later, at('2026-11-22T11:10:00Z'))).toBeLessThanOrEqual(1200);
    expect(span(later)).toBe(HOUR);
    expect(xOf(centred(hour, at('2026-11-22T12:00:00Z')), at('2026-11-22T12:00:00Z'))).toBeCloseTo(600);
  });

  it('asks for whole blocks that hold the view', () => {
    const asked = block(hour);
    expect(asked.from).toBeLessThanOrEqual(hour.from);
    expect(asked.to).toBeGreaterThanOrEqual(hour.to);
    expect(block({ ...hour, from: hour.from + SECOND, to: hour.to + SECOND })).toEqual(asked);
  });
});

describe('the ruler', () => {
  it('stands on whole readings of the site’s clock', () => {
    expect(ticks(hour, helsinki).map((tick) => tick.label)).toEqual(['12:00', '12:05', '12:10', '12:15', '12:20', '12:25', '12:30', '12:35', '12:40', '12:45', '12:50', '12:55', '13:00']);
    const kathmandu = new Zone('Asia/Kathmandu', 'en-GB');
    expect(ticks(hour, kathmandu)[0]?.label).toBe('15:45');
  });

  it('leaves out the hour that is missing in spring', () => {
    const night: View = { from: at('2026-03-28T22:00:00Z'), to: at('2026-03-29T04:00:00Z'), width: 700 };
    expect(ticks(night, helsinki).map((tick) => tick.label)).toEqual(['29 Mar', '01:00', '02:00', '04:00', '05:00', '06:00', '07:00']);
  });

  it('marks the hour that comes twice in autumn once, and keeps its place', () => {
    const night: View = { from: at('2026-10-24T21:00:00Z'), to: at('2026-10-25T03:00:00Z'), width: 700 };
    const found = ticks(night, helsinki);
    expect(found.map((tick) => tick.label)).toEqual(['25 Oct', '01:00', '02:00', '03:00', '04:00', '05:00']);
    // Two hours of real time lie between 03:00 and 04:00 that night.
    expect((found[4]?.at ?? 0) - (found[3]?.at ?? 0)).toBe(2 * HOUR);
  });

  it('never crowds', () => {
    for (let length = SHORTEST_SPAN; length <= 30 * DAY; length *= 1.7) {
      const view = { ...hour, to: hour.from + length };
      const found = ticks(view, helsinki);
      expect(found.length).toBeLessThanOrEqual(15);
      expect(stepFor(view, 88)).toBeGreaterThan(0);
    }
  });
});

describe('the address of playback', () => {
  it('keeps only what is a time', () => {
    expect(playbackSearch({ cameras: 'a,b', at: 'soon', zoom: '60', in: '2026-11-22T10:00:00Z' })).toEqual({
      cameras: 'a,b',
      zoom: '60',
      in: '2026-11-22T10:00:00Z',
    });
  });
});
