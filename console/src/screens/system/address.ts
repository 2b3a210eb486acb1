/** What the address of the system page says; the filters of `GET /alarms`. */
export interface SystemSearch {
  q?: string;
  state?: string;
  kind?: string;
  /** A camera's id. */
  camera?: string;
  /** Days of the site's clock, 2026-11-19. */
  from?: string;
  to?: string;
}

export function systemSearch(search: Record<string, unknown>): SystemSearch {
  const found: SystemSearch = {};
  for (const name of ['q', 'state', 'kind', 'camera', 'from', 'to'] as const) {
    const value = search[name];
    if (typeof value === 'string' && value !== '' && value.length <= 200) found[name] = value;
  }
  return found;
}
