/**
 * The one-time token behind the # of a link, taken out of the address bar and the history at once:
 * a fragment never reaches a server's log, and this keeps it out of the browser's too.
 */
export function takeFragment(path: string): string | undefined {
  const { pathname, hash, search } = window.location;
  if (pathname !== path || hash.length < 2) return undefined;
  window.history.replaceState(window.history.state, '', pathname + search);
  return decodeURIComponent(hash.slice(1));
}
