import { describe, expect, it } from 'vitest';
import type { Camera, Gain, Role } from '../api/model';
import { makeText } from '../i18n/catalogue';
import { de } from '../i18n/de';
import { en } from '../i18n/en';
import { Zone } from '../time/zone';
import { gainText } from './gains';

const german = makeText('de', de);
const english = makeText('en', en);
const helsinki = new Zone('Europe/Helsinki', 'en-GB');
const cameras = [
  { id: 'c1', name: 'Dock' },
  { id: 'c2', name: 'Lobby' },
] as unknown as readonly Camera[];

const none: Gain = { given: undefined, reset: undefined, regrouped: undefined, allowed: undefined };
const given = (more: Partial<NonNullable<Gain['given']>>): Gain => ({
  ...none,
  given: { person: { id: 'p', name: 'Otto' }, role: { id: 'operator', name: 'operator' }, cameras: ['c1'], places: [], until: undefined, replaces: false, ...more },
});
const nights: Role = { id: 'night-watch', name: 'Nachtwache', template: 'operator', builtIn: false, oldestHours: 8, sinceGiven: true, hours: [], purposes: [], needsCase: false };

describe('what a widening gives', () => {
  it('is a role on cameras, by the names that people know', () => {
    expect(gainText(given({}), cameras, helsinki, english)).toBe('Otto: Operator, 1 camera');
    expect(gainText(given({ cameras: 'all', replaces: true }), cameras, helsinki, german)).toBe('Otto: Operator, nun: alle Kameras');
    expect(gainText(given({ role: { id: 'night-watch', name: 'Nachtwache' }, cameras: { groups: ['g', 'gone'] }, places: [{ id: 'g', name: 'Entrance' }] }), cameras, helsinki, english)).toBe('Otto: Nachtwache, a group that is gone, Entrance');
  });

  it('is a role until a time, and no camera where it is given on everything', () => {
    const installer = given({ role: { id: 'installer', name: 'installer' }, cameras: 'all', until: 1_795_312_800_000_000 });
    expect(gainText(installer, cameras, helsinki, english)).toBe('Otto: Installer, until 22 Nov 04:00:00');
  });

  it('is a sign-in that is reset', () => {
    expect(gainText({ ...none, reset: { id: 'p', name: 'Otto' } }, cameras, helsinki, german)).toBe(`${german('gain.reset', { name: 'Otto' })}`);
  });

  it('is what a group becomes, and what was other', () => {
    const before = { name: 'Door', parent: 's', cameras: ['c1'] };
    const after = { name: 'Entrance', parent: 'g', cameras: ['c2'] };
    const places = [
      { id: 's', name: 'Depot' },
      { id: 'g', name: 'Ground floor' },
    ];
    expect(gainText({ ...none, regrouped: { id: 'x', after, before, places } }, cameras, helsinki, english)).toBe('Group Entrance, in Ground floor: 1 more (Lobby); 1 fewer (Dock); called Door before; lay in Depot before');
  });

  it('names cameras as far as anybody reads them', () => {
    const many = Array.from({ length: 23 }, (_, at) => ({ id: `m${at}`, name: `Yard ${at + 10}` })) as unknown as readonly Camera[];
    const before = { name: 'Yard', parent: 's', cameras: [] };
    const after = (count: number): Gain => ({ ...none, regrouped: { id: 'x', after: { ...before, cameras: many.slice(0, count).map((each) => each.id) }, before, places: [{ id: 's', name: 'Depot' }] } });
    expect(gainText(after(20), many, helsinki, english)).toMatch(/^Group Yard, in Depot: 20 more \(Yard 10, .*, Yard 29\)$/);
    expect(gainText(after(23), many, helsinki, english)).toMatch(/^Group Yard, in Depot: 23 more \(Yard 10, .*, Yard 29 and 3 more\)$/);
    expect(gainText(after(23), many, helsinki, german)).toMatch(/^Gruppe Yard, in Depot: 23 dazu \(Yard 10, .*, Yard 29 und 3 weitere\)$/);
  });

  it('is not told of a group of which nobody kept how it was', () => {
    expect(gainText({ ...none, regrouped: { id: 'x', after: { name: 'Yard', parent: 's', cameras: [] }, before: undefined, places: [] } }, cameras, helsinki, english)).toBeUndefined();
  });

  it('is a role of one’s own that allows more', () => {
    expect(gainText({ ...none, allowed: nights }, cameras, helsinki, english)).toBe('Role Nachtwache, from Operator: Looks back 8 hours at most; Only footage since they have the role');
    expect(gainText({ ...none, allowed: { ...nights, oldestHours: undefined, sinceGiven: false } }, cameras, helsinki, english)).toBe('Role Nachtwache, from Operator: nothing limits it');
  });
});
