import { DAY, formatInstant } from '../../time/instant';
import type { Zone } from '../../time/zone';

/** When a role ends that holds on this day and no longer; nothing for one without an end. */
export function untilOf(lastDay: string, zone: Zone): { until?: string } {
  const noon = zone.fromFields(lastDay, '12:00');
  return noon === undefined ? {} : { until: formatInstant(zone.startOfDay(noon + DAY)) };
}
