import type { Alarm } from '../../api/model';
import type { Text } from '../../i18n/catalogue';
import { en } from '../../i18n/en';
import { parseInstant } from '../../time/instant';
import type { Zone } from '../../time/zone';

/** Every kind that has words here; `ConsoleWordsTest` holds it against the server's. */
export const kinds: readonly string[] = Object.keys(en)
  .filter((key) => key.startsWith('alarm.') && key.endsWith('.next'))
  .map((key) => key.slice('alarm.'.length, -'.next'.length));

export interface AlarmWords {
  readonly what: string;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** What the recorder or the camera said, in English, where the sentences do not hold it. */
  readonly detail: string | undefined;
}

/** Those of which the sentences here say all that the recorder knows. */
const whole: ReadonlySet<string> = new Set([
  'camera.silent',
  'camera.encryption',
  'volume.full',
  'volume.slow',
  'key-store.single',
  'clock.free',
  'clock.stepped',
  'officer.alone',
  'officer.recovered',
  'emergency.taken',
  'emergency.unreviewed',
]);

/** An alarm's sentences in the reader's language. A kind of a newer server is told as it came. */
export function alarmWords(alarm: Alarm, t: Text, zone: Zone): AlarmWords {
  const base = `alarm.${alarm.kind}`;
  const what = t.told(base, {});
  if (what === undefined) return { what: alarm.cause, why: undefined, next: alarm.nextStep, detail: undefined };
  const values = Object.fromEntries(Object.entries(alarm.values).map(([name, value]) => [name, valueText(value, t, zone)]));
  const why = t.told(`${base}.why`, values);
  return { what, why, next: t.told(`${base}.next`, values), detail: why !== undefined && whole.has(alarm.kind) ? undefined : alarm.cause };
}

function valueText(value: string, t: Text, zone: Zone): string {
  const at = parseInstant(value);
  if (at !== undefined) return `${zone.shortDay(at)} ${zone.time(at)}`;
  return /^\d+$/.test(value) ? t.number(Number(value)) : value;
}

/** Worst first, then oldest first. */
export function worstFirst(a: Alarm, b: Alarm): number {
  const rank = (alarm: Alarm): number => (alarm.severity === 'critical' ? 0 : 1) + (alarm.acknowledged ? 2 : 0);
  return rank(a) - rank(b) || a.since - b.since;
}
