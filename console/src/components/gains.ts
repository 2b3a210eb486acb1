import type { Camera, Gain, GroupThen, Place } from '../api/model';
import { limitsOf } from './limits';
import { isOnEverything, roleText } from './roles';
import type { Text } from '../i18n/catalogue';
import type { Zone } from '../time/zone';

/** More names than these are read by nobody; the rest is counted. */
const MOST_NAMED = 20;

/**
 * What a widening gives somebody, in one line: who gets what, and what is other than before. Undefined where that is not
 * known any more.
 */
export function gainText(gain: Gain, cameras: readonly Camera[] | undefined, zone: Zone, t: Text): string | undefined {
  if (gain.given) return givenText(gain.given, zone, t);
  if (gain.reset) return t('gain.reset', { name: gain.reset.name });
  if (gain.regrouped) {
    const { after, before, places } = gain.regrouped;
    if (before === undefined) return undefined;
    const group = t('told.group', { name: after.name, place: placeText(after.parent, places, t) });
    const changes = changesOf(after, before, places, cameras, t);
    return changes.length === 0 ? group : `${group}: ${changes.join('; ')}`;
  }
  return gain.allowed ? allowedText(gain.allowed, t) : t('gain.unknown');
}

function givenText({ person, role, cameras, places, until, replaces }: NonNullable<Gain['given']>, zone: Zone, t: Text): string {
  const given = isOnEverything(role.id)
    ? t('gain.given.whole', { name: person.name, role: roleText(role, t) })
    : t(replaces ? 'gain.given.instead' : 'gain.given', { name: person.name, role: roleText(role, t), cameras: onText(cameras, places, t) });
  return until === undefined ? given : `${given}, ${t('held.until')} ${zone.dayAndTime(until)}`;
}

function onText(cameras: NonNullable<Gain['given']>['cameras'], places: readonly Place[], t: Text): string {
  if (cameras === 'all') return t('person.allCameras');
  if (Array.isArray(cameras)) return t.count('cameras.count', cameras.length);
  return cameras.groups
    .map((id) => placeText(id, places, t))
    .toSorted((one, other) => one.localeCompare(other, t.locale))
    .join(', ');
}

function placeText(id: string, places: readonly Place[], t: Text): string {
  return places.find((place) => place.id === id)?.name ?? t('groups.gone');
}

function changesOf(after: GroupThen, before: GroupThen, places: readonly Place[], cameras: readonly Camera[] | undefined, t: Text): string[] {
  const changes: string[] = [];
  const named = (ids: readonly string[]): string => {
    const all = ids.map((id) => cameras?.find((camera) => camera.id === id)?.name ?? t('told.camera', { id: id.slice(0, 8) })).toSorted((one, other) => one.localeCompare(other, t.locale));
    const names = all.slice(0, MOST_NAMED).join(', ');
    return all.length <= MOST_NAMED ? names : t('gain.named', { names, n: t.number(all.length - MOST_NAMED) });
  };
  const came = after.cameras.filter((id) => !before.cameras.includes(id));
  const went = before.cameras.filter((id) => !after.cameras.includes(id));
  if (came.length > 0) changes.push(t('told.group.in', { n: t.number(came.length), names: named(came) }));
  if (went.length > 0) changes.push(t('told.group.out', { n: t.number(went.length), names: named(went) }));
  if (after.name !== before.name) changes.push(t('told.group.renamed', { name: before.name }));
  if (after.parent !== before.parent) changes.push(t('told.group.moved', { name: placeText(before.parent, places, t) }));
  return changes;
}

function allowedText(role: NonNullable<Gain['allowed']>, t: Text): string {
  const limits = limitsOf(role, t);
  return t('gain.allowed', { role: roleText(role, t), template: t(`role.${role.template}`), limits: limits.length === 0 ? t('gain.unlimited') : limits.join('; ') });
}
