import { grids, type Grid } from '../../api/model';

/** What the address of the wall says: `?grid=3x3&cameras=a,,b&full=a&wall=id`. */
export interface WatchSearch {
  grid?: Grid;
  /** Camera ids by place, empty where nothing is shown. */
  cameras?: string;
  /** The camera that fills the wall. */
  full?: string;
  /** The saved wall that this came from. */
  wall?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' && value.length < 2_000 ? value : undefined);

export function watchSearch(search: Record<string, unknown>): WatchSearch {
  const grid = grids.find((each) => each === search['grid']);
  const cameras = typeof search['cameras'] === 'string' && search['cameras'].length < 2_000 ? search['cameras'] : undefined;
  const full = text(search['full']);
  const wall = text(search['wall']);
  return { ...(grid && { grid }), ...(cameras !== undefined && { cameras }), ...(full && { full }), ...(wall && { wall }) };
}
