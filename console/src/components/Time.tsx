import type { JSX } from 'react';
import type { Micros } from '../time/instant';
import { useZone } from '../time/site';
import { utcText } from '../time/zone';

/** A time in the site's zone, UTC on hover. */
export function Time({ at, show = 'day' }: { at: Micros; show?: 'day' | 'date' | 'time' | 'millis' | 'full' }): JSX.Element {
  const zone = useZone();
  const written = {
    day: (): string => `${zone.shortDay(at)} ${zone.time(at)}`,
    date: (): string => zone.longDay(at),
    time: (): string => zone.time(at),
    millis: (): string => zone.millis(at),
    full: (): string => `${zone.longDay(at)} ${zone.millis(at)} ${zone.abbreviation(at)}`,
  }[show]();
  return (
    <time className={show === 'full' ? 'num' : 'num nw'} dateTime={new Date(at / 1000).toISOString()} title={utcText(at)}>
      {written}
    </time>
  );
}
