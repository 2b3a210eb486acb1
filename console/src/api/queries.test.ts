import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { camerasQuery, forget, leave, meQuery, rolesQuery, serverQuery } from './queries';

/** What the last person read, who is still signed in. */
function read(): QueryClient {
  const queries = new QueryClient();
  for (const { queryKey } of [serverQuery, meQuery, camerasQuery, rolesQuery]) queries.setQueryData<unknown>(queryKey, 'read');
  return queries;
}

const keysIn = (queries: QueryClient): unknown[] => queries.getQueryCache().getAll().map((each) => each.queryKey[0]);

describe('what somebody read', () => {
  it('is gone with them', () => {
    const queries = read();
    leave(queries);
    expect(keysIn(queries)).toEqual(['server', 'me']);
    expect(queries.getQueryData(meQuery.queryKey)).toBeNull();
  });

  it('is gone for whoever comes, but for what the page shows', () => {
    const queries = read();
    const end = new QueryObserver(queries, { queryKey: rolesQuery.queryKey, staleTime: Number.POSITIVE_INFINITY }).subscribe(() => undefined);
    forget(queries, 'inactive');
    expect(keysIn(queries)).toEqual(['server', 'me', 'roles']);
    end();
  });
});
