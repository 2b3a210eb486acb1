import { describe, expect, it } from 'vitest';
import type { Camera, Group, Site } from '../api/model';
import { makeText } from '../i18n/catalogue';
import { en } from '../i18n/en';
import { camerasWithin, choiceText, matching, placesOf, within } from './places';

const english = makeText('en', en);
const site = (id: string, name: string): Site => ({ id, name, zone: 'Europe/Helsinki', country: 'FI', controller: 'Oy', encryptedOnly: false });
const group = (id: string, name: string, parent: string, cameras: string[] = []): Group => ({ id, name, site: 'd', parent, cameras, holders: 0, waiting: [] });
const camera = (id: string, at: string): Camera => ({ id, site: at }) as Camera;

const groups = [group('e', 'Entrance', 'g', ['lobby']), group('y', 'Yard', 'd', ['dock']), group('g', 'Ground floor', 'd'), group('f', 'Floor 10', 'd'), group('n', 'Floor 9', 'd')];
const places = placesOf([site('w', 'Works'), site('d', 'Depot')], groups, 'en-GB');
const names = (some: readonly { name: string }[]): string[] => some.map((each) => each.name);

describe('the tree of places', () => {
  it('has each group after what it lies in, by name and number', () => {
    expect(names(places)).toEqual(['Depot', 'Floor 9', 'Floor 10', 'Ground floor', 'Entrance', 'Yard', 'Works']);
    expect(places[4]).toMatchObject({ path: 'Depot / Ground floor / Entrance', around: ['g', 'd'] });
  });

  it('shows what is found where it is', () => {
    expect(names(matching(places, ' entr', 'en-GB'))).toEqual(['Depot', 'Ground floor', 'Entrance']);
    expect(matching(places, '', 'en-GB')).toEqual(places);
    expect(matching(places, 'cellar', 'en-GB')).toEqual([]);
  });

  it('knows what lies in what', () => {
    expect(names(within('g', places))).toEqual(['Ground floor', 'Entrance']);
    expect(names(within('w', places))).toEqual(['Works']);
  });

  it('counts the cameras of a site, and of a group those of its groups too', () => {
    const cameras = [camera('lobby', 'd'), camera('dock', 'd'), camera('hall', 'd'), camera('far', 'w')];
    const ids = (id: string): string[] => camerasWithin(id, places, cameras).map((each) => each.id);
    expect(ids('g')).toEqual(['lobby']);
    expect(ids('d')).toEqual(['lobby', 'dock', 'hall']);
    expect(ids('f')).toEqual([]);
  });
});

describe('which cameras somebody has', () => {
  it('is told by the names of groups', () => {
    expect(choiceText('all', places, english)).toBe('all cameras');
    expect(choiceText(['a', 'b'], places, english)).toBe('2 cameras');
    expect(choiceText({ groups: ['y', 'd'] }, places, english)).toBe('Depot, Yard');
    expect(choiceText({ groups: ['removed'] }, places, english)).toBe('a group that is gone');
  });
});
