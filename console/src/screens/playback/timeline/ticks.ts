import { DAY, HOUR, MINUTE, SECOND, type Micros } from '../../../time/instant';
import type { Zone } from '../../../time/zone';
import { span, type View } from './geometry';

export interface Tick {
  readonly at: Micros;
  readonly label: string;
  /** A day in a view of hours, an hour in a view of minutes. */
  readonly strong: boolean;
}

const steps: readonly number[] = [
  40_000,
  200_000,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
];

export function stepFor(view: View, pixels: number): number {
  const least = (span(view) / view.width) * pixels;
  return steps.find((step) => step >= least) ?? 10 * DAY;
}

/**
 * Marks on whole readings of the site's clock, at least `pixels` apart. On the night the clock goes forward one
 * reading is missing, and on the night it goes back one comes twice but is marked once.
 */
export function ticks(view: View, zone: Zone, pixels = 88): readonly Tick[] {
  const step = stepFor(view, pixels);
  const found: Tick[] = [];
  const first = Math.floor(zone.toLocal(view.from) / step) * step;
  const last = Math.max(zone.toLocal(view.to), zone.toLocal(view.from) + span(view));
  let before = Number.NEGATIVE_INFINITY;
  for (let local = first; local <= last; local += step) {
    const at = zone.toInstant(local);
    if (at < view.from || at > view.to || at <= before) continue;
    before = at;
    found.push({ at, ...label(local, at, step, zone) });
  }
  return found;
}

function label(local: number, at: Micros, step: number, zone: Zone): { label: string; strong: boolean } {
  if (local % DAY === 0) return { label: zone.shortDay(at), strong: true };
  if (step < SECOND) return { label: zone.millis(at).slice(local % SECOND === 0 ? 0 : 6), strong: local % SECOND === 0 };
  if (step < MINUTE) return { label: zone.time(at), strong: local % MINUTE === 0 };
  return { label: zone.minute(at), strong: local % HOUR === 0 && step < HOUR };
}
