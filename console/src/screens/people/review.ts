import type { Held } from '../../api/model';
import { DAY, type Micros } from '../../time/instant';

const SOON = 14 * DAY;

/** Whether somebody has to say that a role is still needed. */
export function reviewOf(held: Held, now: Micros): 'lapsed' | 'soon' | 'later' {
  if (held.reviewBy <= now) return 'lapsed';
  return held.reviewBy - now < SOON ? 'soon' : 'later';
}
