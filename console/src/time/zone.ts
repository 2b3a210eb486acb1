import { DAY, HOUR, MILLISECOND, MINUTE, SECOND, type Micros } from './instant';

const MOST_OFFSETS = 1_000;

/** A wall-clock reading without a zone, as microseconds since 1970 as if it were UTC. */
type Local = number;

/**
 * Times of one site, in its own zone and in the reader's language.
 *
 * Offsets come from the browser's zone database; nothing here assumes that a day has 24 hours.
 */
export class Zone {
  readonly name: string;
  readonly locale: string;
  private readonly fields: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;
  private readonly shortDays: Intl.DateTimeFormat;
  private readonly longDays: Intl.DateTimeFormat;
  private readonly names: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  constructor(name: string, locale: string) {
    this.name = name;
    this.locale = locale;
    this.fields = new Intl.DateTimeFormat('en-GB', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    this.days = new Intl.DateTimeFormat(locale, { timeZone: name, weekday: 'short', day: 'numeric', month: 'short' });
    this.shortDays = new Intl.DateTimeFormat(locale, { timeZone: name, day: 'numeric', month: 'short' });
    this.longDays = new Intl.DateTimeFormat(locale, {
      timeZone: name,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
    this.names = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'short', hour: 'numeric' });
  }

  /** What the zone's clocks show more than UTC at that instant, in microseconds. */
  offset(at: Micros): number {
    // Offsets only ever change on a quarter of an hour; formatting is slow, so they are kept.
    const quarter = Math.floor(at / (15 * MINUTE));
    const known = this.offsets.get(quarter);
    if (known !== undefined) return known;
    const whole = Math.floor(at / SECOND) * SECOND;
    const found: Record<string, number> = {};
    for (const { type, value } of this.fields.formatToParts(whole / MILLISECOND)) found[type] = Number(value);
    const local =
      Date.UTC(
        found['year'] ?? 1970,
        (found['month'] ?? 1) - 1,
        found['day'] ?? 1,
        found['hour'] ?? 0,
        found['minute'] ?? 0,
        found['second'] ?? 0,
      ) * MILLISECOND;
    const offset = local - whole;
    if (this.offsets.size >= MOST_OFFSETS) this.offsets.clear();
    this.offsets.set(quarter, offset);
    return offset;
  }

  toLocal(at: Micros): Local {
    return at + this.offset(at);
  }

  /** The instant of a wall-clock reading. One that never was moves past the leap; one that was twice is the first. */
  toInstant(local: Local): Micros {
    const before = this.offset(local - DAY);
    const after = this.offset(local + DAY);
    for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
      if (this.offset(local - offset) === offset) return local - offset;
    }
    return local - before;
  }

  /** 14:02:11 */
  time(at: Micros): string {
    return clockText(this.toLocal(at)).slice(0, 8);
  }

  /** 14:02 */
  minute(at: Micros): string {
    return clockText(this.toLocal(at)).slice(0, 5);
  }

  /** 14:02:11.040 */
  millis(at: Micros): string {
    return clockText(this.toLocal(at));
  }

  /** Thu 19 Nov */
  day(at: Micros): string {
    return this.days.format(at / MILLISECOND);
  }

  /** 19 Nov */
  shortDay(at: Micros): string {
    return this.shortDays.format(at / MILLISECOND);
  }

  /** Thu 19 Nov 2026 */
  longDay(at: Micros): string {
    return this.longDays.format(at / MILLISECOND);
  }

  /** 19 Nov 14:02:11 */
  dayAndTime(at: Micros): string {
    return `${this.shortDay(at)} ${this.time(at)}`;
  }

  /** CET, or UTC+5:45 where the zone has no short name in this language. */
  abbreviation(at: Micros): string {
    const part = this.names.formatToParts(at / MILLISECOND).find((each) => each.type === 'timeZoneName');
    return part?.value ?? this.name;
  }

  /** 2026-11-19 and 14:02:11.040 as typed into the "go to" fields. */
  fieldsOf(at: Micros): { date: string; time: string } {
    const text = new Date(Math.floor(this.toLocal(at) / MILLISECOND)).toISOString();
    return { date: text.slice(0, 10), time: text.slice(11, 23) };
  }

  fromFields(date: string, time: string): Micros | undefined {
    const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/.exec(time.trim());
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !match) return undefined;
    const [, hour = '0', minute = '0', second = '0', fraction = '0'] = match;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
    const day = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(day)) return undefined;
    const millis = Number(fraction.padEnd(3, '0'));
    const clock = Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND + millis * MILLISECOND;
    return this.toInstant(day * MILLISECOND + clock);
  }

  startOfDay(at: Micros): Micros {
    return this.toInstant(Math.floor(this.toLocal(at) / DAY) * DAY);
  }
}

function clockText(local: Local): string {
  return new Date(Math.floor(local / MILLISECOND)).toISOString().slice(11, 23);
}

/** 13:02:11.040 UTC, for the hover of every time. */
export function utcText(at: Micros): string {
  const text = new Date(Math.floor(at / MILLISECOND)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)} UTC`;
}
