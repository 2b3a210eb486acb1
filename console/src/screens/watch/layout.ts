import type { Grid } from '../../api/model';

/** Places of a wall and how they lie; pure. */
export type Tiles = readonly (string | null)[];

const columnsOf: Record<Grid, number> = { '1': 1, '2x2': 2, '3x3': 3, '4x4': 4, '1+7': 4 };
const placesOf: Record<Grid, number> = { '1': 1, '2x2': 4, '3x3': 9, '4x4': 16, '1+7': 8 };

export function columns(grid: Grid): number {
  return columnsOf[grid];
}

export function places(grid: Grid): number {
  return placesOf[grid];
}

/** The smallest grid that holds so many cameras. */
export function gridFor(cameras: number): Grid {
  if (cameras <= 1) return '1';
  if (cameras <= 4) return '2x2';
  if (cameras <= 9) return '3x3';
  return '4x4';
}

/** As many places as the grid has; what does not fit falls off the end. */
export function fit(tiles: Tiles, grid: Grid): Tiles {
  return Array.from({ length: places(grid) }, (_, place) => tiles[place] ?? null);
}

/** Every camera in its own place, as far as they go. */
export function filled(cameras: readonly string[], grid: Grid): Tiles {
  return fit(cameras, grid);
}

export function swapped(tiles: Tiles, one: number, other: number): Tiles {
  return tiles.map((tile, place) => (place === one ? tiles[other] : place === other ? tiles[one] : tile) ?? null);
}

/** A camera stands in one place only: where it was, what it pushes away comes. */
export function placed(tiles: Tiles, place: number, camera: string | null): Tiles {
  const before = camera === null ? -1 : tiles.indexOf(camera);
  if (before !== -1) return swapped(tiles, before, place);
  return tiles.map((tile, each) => (each === place ? camera : tile));
}

export type Way = 'left' | 'right' | 'up' | 'down';

/** The place next to this one; the big tile of 1+7 covers the first three columns and rows. */
export function neighbour(grid: Grid, place: number, way: Way): number | undefined {
  if (grid === '1+7') return besideBigTile(place, way);
  const width = columns(grid);
  const column = place % width;
  const next = { left: place - 1, right: place + 1, up: place - width, down: place + width }[way];
  if (way === 'left' && column === 0) return undefined;
  if (way === 'right' && column === width - 1) return undefined;
  return next >= 0 && next < places(grid) ? next : undefined;
}

/** 1+7: 0 is the big one, 1 to 3 stand at its right from the top, 4 to 7 lie below from the left. */
function besideBigTile(place: number, way: Way): number | undefined {
  const ways: readonly Partial<Record<Way, number>>[] = [
    { right: 1, down: 4 },
    { left: 0, down: 2 },
    { left: 0, up: 1, down: 3 },
    { left: 0, up: 2, down: 7 },
    { up: 0, right: 5 },
    { left: 4, up: 0, right: 6 },
    { left: 5, up: 0, right: 7 },
    { left: 6, up: 3 },
  ];
  return ways[place]?.[way];
}
