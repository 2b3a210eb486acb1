import type { Camera, Group, Held, Site } from '../api/model';
import type { Text } from '../i18n/catalogue';

/** Sites and the groups in them, as a tree that is read from top to bottom. */

/** A site or a group. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  /** The ids of what it lies in, from within; none for a site. */
  readonly around: readonly string[];
  /** "Depot / Ground floor / Entrance". */
  readonly path: string;
  readonly group: Group | undefined;
}

/** Each site, and after each place what lies in it, by name. */
export function placesOf(sites: readonly Site[], groups: readonly Group[], locale: string): readonly Place[] {
  const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name, locale, { numeric: true });
  const inner = new Map<string, Group[]>();
  for (const group of groups.toSorted(byName)) inner.set(group.parent, [...(inner.get(group.parent) ?? []), group]);
  const from = (outer: Place): Place[] => [
    outer,
    ...(inner.get(outer.id) ?? []).flatMap((group) =>
      from({ id: group.id, name: group.name, site: group.site, around: [outer.id, ...outer.around], path: `${outer.path} / ${group.name}`, group }),
    ),
  ];
  return sites.toSorted(byName).flatMap((site) => from({ id: site.id, name: site.name, site: site.id, around: [], path: site.name, group: undefined }));
}

/** Those whose name holds the word, and what they lie in, so that they are found where they are. */
export function matching(places: readonly Place[], wanted: string, locale: string): readonly Place[] {
  const word = wanted.trim().toLocaleLowerCase(locale);
  const found = places.filter((place) => place.name.toLocaleLowerCase(locale).includes(word));
  const kept = new Set(found.map((place) => place.id));
  for (const place of found) for (const outer of place.around) kept.add(outer);
  return places.filter((place) => kept.has(place.id));
}

/** A place and all that lie in it. */
export function within(id: string, places: readonly Place[]): readonly Place[] {
  return places.filter((place) => place.id === id || place.around.includes(id));
}

/** The cameras of a place and of all that lie in it. */
export function camerasWithin(id: string, places: readonly Place[], cameras: readonly Camera[]): readonly Camera[] {
  const inner = within(id, places);
  const listed = new Set(inner.flatMap((place) => place.group?.cameras ?? []));
  const sites = new Set(inner.filter((place) => place.group === undefined).map((place) => place.id));
  return cameras.filter((camera) => listed.has(camera.id) || sites.has(camera.site));
}

/** "all cameras", "Lobby group, Depot" or "3 cameras". */
export function choiceText(cameras: Held['cameras'], places: readonly Place[], t: Text): string {
  if (cameras === 'all') return t('person.allCameras');
  if (Array.isArray(cameras)) return t.count('cameras.count', cameras.length);
  const names = cameras.groups.map((id) => places.find((place) => place.id === id)?.name ?? t('groups.gone'));
  return names.toSorted((one, other) => one.localeCompare(other, t.locale)).join(', ');
}
