/** Microseconds since 1970 UTC. Exact in a number until the year 2255. */
export type Micros = number;

export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Reads an RFC 3339 instant; undefined if it is none. Digits below a microsecond are cut off. */
export function parseInstant(text: string): Micros | undefined {
  const match = RFC_3339.exec(text);
  if (!match) return undefined;
  const [, date, time, fraction = '', offset = 'Z'] = match;
  const millis = Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(millis)) return undefined;
  return millis * MILLISECOND + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Writes RFC 3339 in UTC with six decimals. */
export function formatInstant(at: Micros): string {
  const micros = Math.floor(at);
  const seconds = Math.floor(micros / SECOND);
  const fraction = micros - seconds * SECOND;
  const head = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${head}.${String(fraction).padStart(6, '0')}Z`;
}

export function nowMicros(): Micros {
  return Date.now() * MILLISECOND;
}
