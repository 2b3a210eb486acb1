import { parseInstant, type Micros } from '../../time/instant';

/** What the address of playback says: `?cameras=a,b&at=…&zoom=3600&in=…&out=…&approval=…`. */
export interface PlaybackSearch {
  cameras?: string;
  /** RFC 3339. */
  at?: string;
  /** Seconds that the timeline shows. */
  zoom?: string;
  in?: string;
  out?: string;
  /** The id of what was asked and approved: the look is by another's yes, and uses it up. */
  approval?: string;
}

const instantText = (value: unknown): string | undefined => (typeof value === 'string' && parseInstant(value) !== undefined ? value : undefined);

/** Whether it is written as the server writes ids. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function playbackSearch(search: Record<string, unknown>): PlaybackSearch {
  const cameras = typeof search['cameras'] === 'string' && search['cameras'].length < 2_000 ? search['cameras'] : undefined;
  const at = instantText(search['at']);
  const start = instantText(search['in']);
  const end = instantText(search['out']);
  const seconds = Number(search['zoom']);
  const zoom = Number.isFinite(seconds) && seconds > 0 ? String(seconds) : undefined;
  const approval = typeof search['approval'] === 'string' && isId(search['approval']) ? search['approval'] : undefined;
  return { ...(cameras && { cameras }), ...(at && { at }), ...(zoom && { zoom }), ...(start && { in: start }), ...(end && { out: end }), ...(approval && { approval }) };
}

export interface Interval {
  readonly start: Micros;
  readonly end: Micros;
}
