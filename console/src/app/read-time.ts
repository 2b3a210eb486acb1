import { DAY, type Micros } from '../time/instant';
import type { Zone } from '../time/zone';

/**
 * A time as people type it, in the site's zone: `14:02`, `14:02:11.5`, `2026-11-19 14:02`, `19.11. 14:02`.
 * Without a day it is the last such time before now.
 */
export function readTime(text: string, zone: Zone, now: Micros): Micros | undefined {
  const match = /^(?:(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})?)[ T,]+)?(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, dayDotted, monthDotted, yearDotted, time = ''] = match;
  const today = zone.fieldsOf(now).date;
  const two = (part: string): string => part.padStart(2, '0');
  const found = day && month ? `${year}-${two(month)}-${two(day)}` : undefined;
  const dotted = dayDotted && monthDotted ? `${yearDotted ?? today.slice(0, 4)}-${two(monthDotted)}-${two(dayDotted)}` : undefined;
  const at = zone.fromFields(found ?? dotted ?? today, time);
  if (at === undefined) return undefined;
  return found === undefined && dotted === undefined && at > now ? at - DAY : at;
}
