import { queryOptions, useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { formatInstant, type Micros } from '../time/instant';
import { RefusedError, ask, withQuery } from './client';
import * as model from './model';

/** What the screens read. Each key begins with the noun that a change makes stale. */

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: ({ signal }) => ask('GET', '/server', model.server, undefined, signal),
  staleTime: 60_000,
});

/** Who is signed in; null is nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<model.Me | null> => {
    try {
      return await ask('GET', '/me', model.me, undefined, signal);
    } catch (fault) {
      if (fault instanceof RefusedError && (fault.status === 401 || fault.status === 403)) return null;
      throw fault;
    }
  },
  staleTime: 60_000,
});

/** What the last person read is nobody else's: everything but the server's own greeting is forgotten. */
export function forget(queries: QueryClient, which: 'all' | 'inactive'): void {
  queries.removeQueries({ type: which, predicate: ({ queryKey }) => queryKey[0] !== 'server' && queryKey[0] !== 'me' });
}

/** Nobody is signed in any more. */
export function leave(queries: QueryClient): void {
  forget(queries, 'all');
  queries.setQueryData(meQuery.queryKey, null);
}

/** Why the last session of this page has ended, as the server told it. */
export const endedKey = ['ended'] as const;

export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: async ({ signal }) => (await ask('GET', '/sites', model.itemsOf(model.site), undefined, signal)).items,
  staleTime: 300_000,
});

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: async ({ signal }) => (await ask('GET', '/groups', model.itemsOf(model.group), undefined, signal)).items,
});

export const camerasQuery = queryOptions({
  queryKey: ['cameras'],
  queryFn: async ({ signal }) => (await ask('GET', '/cameras', model.itemsOf(model.camera), undefined, signal)).items,
  refetchInterval: 5_000,
});

export const wallsQuery = queryOptions({
  queryKey: ['walls'],
  queryFn: async ({ signal }) => (await ask('GET', '/walls', model.itemsOf(model.wall), undefined, signal)).items,
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) => (await ask('GET', '/people', model.itemsOf(model.person), undefined, signal)).items,
});

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async ({ signal }) => (await ask('GET', '/roles', model.itemsOf(model.role), undefined, signal)).items,
});

/** Of all cameras what a person can see, or who can see a camera; at a moment, or now. */
export function sightsQuery(of: 'people' | 'cameras', id: string, at: Micros | undefined) {
  return queryOptions({
    queryKey: [of === 'people' ? 'people' : 'cameras', id, 'sights', at],
    queryFn: async ({ signal }) => (await ask('GET', withQuery(`/${of}/${id}/sights`, { at: at === undefined ? undefined : formatInstant(at) }), model.itemsOf(model.sight), undefined, signal)).items,
  });
}

/** It is told when something changed; asking now and then as well is for news that got lost. */
export const approvalsQuery = queryOptions({
  queryKey: ['approvals'],
  queryFn: async ({ signal }) => (await ask('GET', '/approvals', model.itemsOf(model.approval), undefined, signal)).items,
  refetchInterval: 60_000,
});

/** What I could take in an emergency, and have taken. Told of changes like approvals. */
export const ownEmergencyQuery = queryOptions({
  queryKey: ['emergency'],
  queryFn: ({ signal }) => ask('GET', '/me/emergency', model.ownEmergency, undefined, signal),
  refetchInterval: 60_000,
});

/** What others took, for those who oversee it. */
export const emergenciesQuery = queryOptions({
  queryKey: ['emergencies'],
  queryFn: async ({ signal }) => (await ask('GET', '/emergencies', model.itemsOf(model.emergency), undefined, signal)).items,
  refetchInterval: 60_000,
});

/** Whoever could take one may see more or less by it; to ask who I am is a sign of life, so nobody else does. */
export async function emergenciesChanged(queries: QueryClient): Promise<void> {
  const me = queries.getQueryData(meQuery.queryKey);
  const stale = me && model.may(me, 'take-emergency') ? ['emergency', 'me', 'cameras'] : ['emergencies', 'system'];
  await Promise.all(stale.map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
}

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => ask('GET', '/system', model.system, undefined, signal),
  refetchInterval: 5_000,
});

export function timelineQuery(cameras: readonly string[], from: Micros, to: Micros, spans: number) {
  return queryOptions({
    queryKey: ['timeline', cameras, from, to, spans],
    queryFn: async ({ signal }) => {
      const path = withQuery('/timeline', { camera: cameras, from: formatInstant(from), to: formatInstant(to), spans });
      return (await ask('GET', path, model.timeline, undefined, signal)).cameras;
    },
    enabled: cameras.length > 0,
  });
}

/** The one who is signed in. Only for screens behind the sign-in, where there is always somebody. */
export function useMe(): model.Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('This screen is shown to nobody who is not signed in.');
  return data;
}

/** Whoever may know of none is not refused them on every page. */
export function useCameras(): UseQueryResult<model.Camera[]> {
  const me = useMe();
  return useQuery({ ...camerasQuery, enabled: model.may(me, 'list-cameras') });
}

export function useGroups(): UseQueryResult<model.Group[]> {
  const me = useMe();
  return useQuery({ ...groupsQuery, enabled: model.may(me, 'list-cameras') });
}
