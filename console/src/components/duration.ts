import type { Text } from '../i18n/catalogue';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND, type Micros } from '../time/instant';

/** "14 min 26.9 s": the two largest units, tenths below an hour. */
export function durationText(length: Micros, t: Text): string {
  if (length >= DAY) return joined(t, [Math.floor(length / DAY), 'unit.d'], [Math.floor((length % DAY) / HOUR), 'unit.h']);
  if (length >= HOUR) return joined(t, [Math.floor(length / HOUR), 'unit.h'], [Math.floor((length % HOUR) / MINUTE), 'unit.min']);
  if (length >= MINUTE) {
    const minutes = `${t.number(Math.floor(length / MINUTE))} ${t('unit.min')}`;
    const seconds = tenths((length % MINUTE) / SECOND);
    return seconds === 0 ? minutes : `${minutes} ${secondsText(seconds, t)}`;
  }
  if (length >= SECOND) return secondsText(tenths(length / SECOND), t);
  return `${t.number(length / MILLISECOND)} ${t('unit.ms')}`;
}

function tenths(seconds: number): number {
  return Math.floor(seconds * 10) / 10;
}

function secondsText(seconds: number, t: Text): string {
  return `${t.number(seconds, Number.isInteger(seconds) ? 0 : 1)} ${t('unit.s')}`;
}

function joined(t: Text, ...parts: readonly (readonly [number, 'unit.d' | 'unit.h' | 'unit.min'])[]): string {
  return parts
    .filter(([value], index) => value > 0 || index === 0)
    .map(([value, unit]) => `${t.number(value)} ${t(unit)}`)
    .join(' ');
}

/** "1.4 GB", in powers of a thousand as disks are sold. */
export function bytesText(bytes: number, t: Text): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${t.number(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit] ?? ''}`;
}
