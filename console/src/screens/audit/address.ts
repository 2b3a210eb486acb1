/** What the address of the audit page says; the filters of `GET /audit`. */
export interface AuditSearch {
  q?: string;
  action?: string;
  outcome?: string;
  /** A person's id. */
  person?: string;
  /** A camera's id. */
  camera?: string;
  /** Days of the site's clock, 2026-11-19. */
  from?: string;
  to?: string;
  entry?: string;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  for (const name of ['q', 'action', 'outcome', 'person', 'camera', 'from', 'to', 'entry'] as const) {
    const value = search[name];
    if (typeof value === 'string' && value !== '' && value.length <= 200) found[name] = value;
  }
  return found;
}
