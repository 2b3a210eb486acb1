import type { Approval, Camera } from '../api/model';
import type { Text } from '../i18n/catalogue';
import type { Micros } from '../time/instant';
import type { Zone } from '../time/zone';
import { gainText } from './gains';

/** Requests for another's yes, in words, for the bar, the inbox and the look itself. */

/** How far it has come: what the server said, and what time has done since. */
export function stateOf(approval: Approval, now: Micros): Approval['state'] {
  if (approval.state === 'waiting' && approval.waitsUntil <= now) return 'expired';
  if (approval.state === 'approved' && approval.goodUntil !== undefined && approval.goodUntil <= now) return 'expired';
  return approval.state;
}

export function waitsForMe(approval: Approval, now: Micros): boolean {
  return approval.mayAnswer && stateOf(approval, now) === 'waiting';
}

/** "19 Nov 14:02:11 – 14:17:11 CET": the day once, if it is one day. */
export function intervalText(from: Micros, to: Micros, zone: Zone): string {
  const end = zone.shortDay(from) === zone.shortDay(to) ? zone.time(to) : zone.dayAndTime(to);
  return `${zone.dayAndTime(from)} – ${end} ${zone.abbreviation(to)}`;
}

/** A camera that is not given to whoever reads has no name for them. */
export function cameraText(id: string | undefined, cameras: readonly Camera[] | undefined, t: Text): string {
  return cameras?.find((camera) => camera.id === id)?.name ?? t('told.camera', { id: (id ?? '').slice(0, 8) });
}

/** What it is about, in as few words as tell it apart: a camera, or somebody's rights. */
export function matterText(approval: Approval, cameras: readonly Camera[] | undefined, zone: Zone, t: Text): string {
  switch (approval.kind) {
    case 'playback':
      return cameraText(approval.camera, cameras, t);
    case 'removal':
      return t('approvals.matter.removal', { camera: cameraText(approval.camera, cameras, t) });
    case 'rights':
      return (approval.gain && gainText(approval.gain, cameras, zone, t)) ?? approval.told;
  }
}

/** "evidence for a case, 2026-117"; empty if nothing was said. */
export function whyText(why: Pick<Approval, 'purpose' | 'caseNumber'>, t: Text): string {
  return [why.purpose === undefined ? undefined : t.word('purpose', why.purpose), why.caseNumber].filter(Boolean).join(', ');
}

export type News = { readonly kind: 'asked' | 'approved' | 'refused'; readonly approval: Approval };

/** What is worth telling whoever did not look: somebody waits for them, or they were answered. */
export function newsSince(before: readonly Approval[], after: readonly Approval[], now: Micros): News[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return after.flatMap((approval): News[] => {
    const last = known.get(approval.id);
    const state = stateOf(approval, now);
    if (waitsForMe(approval, now)) return last?.mayAnswer ? [] : [{ kind: 'asked', approval }];
    if (!approval.own || last?.state === approval.state) return [];
    // A widening is made by the yes itself.
    if (approval.kind === 'rights' && state === 'used') return [{ kind: 'approved', approval }];
    return state === 'approved' || state === 'refused' ? [{ kind: state, approval }] : [];
  });
}
