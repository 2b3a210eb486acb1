import type { Camera, Emergency } from '../api/model';
import type { Text } from '../i18n/catalogue';
import { MINUTE, SECOND, type Micros } from '../time/instant';
import { cameraText } from './approvals';
import { durationText } from './duration';

/** What was taken in an emergency, in words, for the bar, the banner and the page. */

export type Stage = 'running' | 'due' | 'overdue' | 'reviewed';

/** How far it has come: what the server said, and what time has done since. */
export function stageOf(emergency: Emergency, now: Micros): Stage {
  if (emergency.review) return 'reviewed';
  if (runs(emergency, now)) return 'running';
  return emergency.reviewBy <= now ? 'overdue' : 'due';
}

export function runs(emergency: Emergency, now: Micros): boolean {
  return emergency.endedAt === undefined && now < emergency.until;
}

/** What its overseer has to look at: what runs, and what nobody has reviewed. */
export function waitsForReview(emergency: Emergency, now: Micros): boolean {
  return emergency.mayReview || stageOf(emergency, now) === 'running';
}

/** What was taken since then and runs: worth telling whoever did not look. */
export function takenSince(before: readonly Emergency[], after: readonly Emergency[], now: Micros): Emergency[] {
  const known = new Set(before.map((each) => each.id));
  return after.filter((each) => !known.has(each.id) && runs(each, now));
}

/** Minutes while there are many, then seconds. */
export function leftText(until: Micros, now: Micros, t: Text): string {
  const left = Math.max(0, until - now);
  const unit = left >= 10 * MINUTE ? MINUTE : SECOND;
  return durationText(Math.floor(left / unit) * unit, t);
}

export function scopeText(cameras: Emergency['cameras'], t: Text): string {
  return cameras === 'all' ? t('person.allCameras') : t.count('cameras.count', cameras.length);
}

/** "Lobby (2), Dock": how often, if more than once. */
export function lookedText({ looked }: Emergency, cameras: readonly Camera[] | undefined, t: Text): string {
  return looked
    .map(({ camera, looks }) => {
      const name = cameraText(camera, cameras, t);
      return looks === 1 ? name : `${name} (${t.number(looks)})`;
    })
    .join(', ');
}
