import { describe, expect, it } from 'vitest';
import { NotAsPromisedError, fieldsOf } from './decode';
import * as model from './model';

const anybody = { id: 'p', name: 'Olga', roles: [{ id: 'operator', name: 'operator' }] };

describe('what arrives from the server', () => {
  it('is checked field by field', () => {
    const read = model.me({ person: anybody, rights: ['watch-live'], demo: true, signedInAt: '2026-11-22T02:00:00Z' }, 'me');
    expect(read.person.roles.map((role) => role.id)).toEqual(['operator']);
    expect(read.signedInAt).toBe(1_795_312_800_000_000);
  });

  it('is refused with its place when it is not as promised', () => {
    expect(() => model.me({ person: { ...anybody, roles: [{ id: 7, name: 'root' }] } }, '/me')).toThrow(/\/me\.person\.role/);
    expect(() => model.itemsOf(model.site)({ items: [{ id: 1 }] }, '/sites')).toThrow(NotAsPromisedError);
    expect(() => fieldsOf([], 'x')).toThrow(NotAsPromisedError);
  });

  it('never repeats a value in a message', () => {
    expect(() => model.entry({ index: 'Olga Secret' }, 'entry')).not.toThrow(/Olga/);
  });

  it('treats absent and null alike', () => {
    const state = model.state({ phase: 'streaming', cause: null }, 'state');
    expect(state.cause).toBeUndefined();
    expect(state.since).toBeUndefined();
  });

  it('keeps empty places of a wall', () => {
    const wall = model.wall({ id: 'w', name: 'Yard', grid: '2x2', tiles: ['a', null, 'b', null] }, 'wall');
    expect(wall.tiles).toEqual(['a', null, 'b', null]);
  });

  it('lets fields go that a newer server adds', () => {
    expect(model.server({ name: 'x', version: '9', demo: false, time: '2026-11-22T02:00:00Z', moon: 1 }, 's')).not.toHaveProperty('moon');
  });

  it('reads a problem with its faults', () => {
    const told = model.problem({ title: 'Not so', faults: [{ field: 'name', detail: 'too long' }] }, 'p');
    expect(told.faults[0]?.field).toBe('name');
  });
});
