import { describe, expect, it } from 'vitest';
import { grids } from '../../api/model';
import { watchSearch } from './address';
import { filled, fit, gridFor, neighbour, placed, places, swapped } from './layout';

describe('a wall', () => {
  it('takes the smallest grid that holds its cameras', () => {
    expect([0, 1, 2, 4, 5, 9, 10, 40].map(gridFor)).toEqual(['1', '1', '2x2', '2x2', '3x3', '3x3', '4x4', '4x4']);
  });

  it('keeps its order when the grid changes', () => {
    expect(fit(['a', null, 'b'], '2x2')).toEqual(['a', null, 'b', null]);
    expect(filled(['a', 'b'], '1')).toEqual(['a']);
  });

  it('shows a camera once: placing it again moves it', () => {
    expect(placed(['a', 'b', null, null], 2, 'a')).toEqual([null, 'b', 'a', null]);
    expect(placed(['a', 'b', null, null], 1, 'a')).toEqual(['b', 'a', null, null]);
    expect(placed(['a', 'b', null, null], 1, null)).toEqual(['a', null, null, null]);
    expect(swapped(['a', 'b'], 0, 1)).toEqual(['b', 'a']);
  });

  it('has a way back wherever it has a way there', () => {
    const back = { left: 'right', right: 'left', up: 'down', down: 'up' } as const;
    for (const grid of grids) {
      if (grid === '1+7') continue;
      for (let place = 0; place < places(grid); place += 1) {
        for (const way of ['left', 'right', 'up', 'down'] as const) {
          const next = neighbour(grid, place, way);
          if (next !== undefined) expect(neighbour(grid, next, back[way])).toBe(place);
        }
      }
    }
    expect(neighbour('1+7', 7, 'up')).toBe(3);
  });

  it('reads only what its address may say', () => {
    expect(watchSearch({ grid: '3x3', cameras: 'a,,b', full: '' })).toEqual({ grid: '3x3', cameras: 'a,,b' });
    expect(watchSearch({ grid: '9x9', wall: 7 })).toEqual({});
  });
});
