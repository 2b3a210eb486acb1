/** `?a=b&c=d` in plain words, without what is not set. */
export function searchText(search: Readonly<Record<string, unknown>>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') parts.set(name, value);
    if (typeof value === 'number') parts.set(name, String(value));
  }
  // Commas and colons are allowed in a query (RFC 3986 section 3.4) and easier on the eye.
  const text = parts.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}
