import { describe, expect, it } from 'vitest';
import { factsOf, volumesOf } from './facts';

describe('the facts of the system', () => {
  it('are shown by name, one level deep', () => {
    expect(factsOf({ state: 'running', connections: 4, disk: { free: 7 }, odd: [1] })).toEqual([
      { name: 'state', value: 'running' },
      { name: 'connections', value: 4 },
      { name: 'disk free', value: 7 },
    ]);
    expect(factsOf('reachable')).toEqual([{ name: 'state', value: 'reachable' }]);
    expect(factsOf(undefined)).toEqual([]);
  });

  it('name a volume by what is known of it', () => {
    expect(volumesOf([{ folder: '/data/volume', health: 'RECORDING', totalBytes: 10, usableBytes: 4 }, {}])).toEqual([
      { name: '/data/volume', health: 'recording', totalBytes: 10, usableBytes: 4 },
      { name: '2', health: undefined, totalBytes: 0, usableBytes: 0 },
    ]);
    expect(volumesOf('none')).toEqual([]);
  });
});
