import { describe, expect, it } from 'vitest';
import type { Approval } from '../api/model';
import { makeText } from '../i18n/catalogue';
import { en } from '../i18n/en';
import { MINUTE, SECOND } from '../time/instant';
import { Zone } from '../time/zone';
import { intervalText, matterText, newsSince, stateOf, waitsForMe } from './approvals';

const NOW = 1_795_312_800_000_000;
const english = makeText('en', en);
const helsinki = new Zone('Europe/Helsinki', 'en-GB');

const request = (more: Partial<Approval> = {}): Approval => ({
  id: 'a',
  kind: 'playback',
  concerned: undefined,
  told: 'play back',
  gain: undefined,
  aloneAt: undefined,
  by: { id: 'o', name: 'Otto' },
  camera: 'c',
  from: NOW - 60 * MINUTE,
  to: NOW - 30 * MINUTE,
  purpose: 'incident',
  caseNumber: undefined,
  reason: 'A bicycle was taken',
  askedAt: NOW - MINUTE,
  waitsUntil: NOW + 59 * MINUTE,
  state: 'waiting',
  answered: undefined,
  goodUntil: undefined,
  own: false,
  mayAnswer: true,
  ...more,
});
const own = { own: true, mayAnswer: false } as const;
const yes = { answered: { by: { id: 's', name: 'Susi' }, at: NOW, yes: true }, state: 'approved', goodUntil: NOW + 10 * MINUTE } as const;

describe('a request for approval', () => {
  it('ends by itself when its time is over, whatever was last heard of it', () => {
    expect(stateOf(request(), NOW)).toBe('waiting');
    expect(stateOf(request(), NOW + 59 * MINUTE)).toBe('expired');
    expect(stateOf(request(yes), NOW + 10 * MINUTE - SECOND)).toBe('approved');
    expect(stateOf(request(yes), NOW + 10 * MINUTE)).toBe('expired');
    expect(waitsForMe(request(), NOW)).toBe(true);
    expect(waitsForMe(request(), NOW + 59 * MINUTE)).toBe(false);
    expect(waitsForMe(request(own), NOW)).toBe(false);
  });

  it('is told as the log tells it where nobody kept what it changes', () => {
    const after = { name: 'Yard', parent: 's', cameras: [] };
    const gain = { given: undefined, reset: undefined, allowed: undefined, regrouped: { id: 'g', after, before: undefined, places: [] } };
    const widening = request({ kind: 'rights', told: 'group Yard, in Depot: 1 in (Dock)', gain });
    expect(matterText(widening, [], helsinki, english)).toBe('group Yard, in Depot: 1 in (Dock)');
    expect(matterText({ ...widening, gain: { ...gain, regrouped: { ...gain.regrouped, before: after, places: [{ id: 's', name: 'Depot' }] } } }, [], helsinki, english)).toBe('Group Yard, in Depot');
  });

  it('names a day once, and both if there are two', () => {
    expect(intervalText(NOW, NOW + MINUTE, helsinki)).toBe('22 Nov 04:00:00 – 04:01:00 EET');
    expect(intervalText(NOW, NOW + 24 * 60 * MINUTE, helsinki)).toBe('22 Nov 04:00:00 – 23 Nov 04:00:00 EET');
  });
});

describe('what is told to whoever did not look', () => {
  it('is that somebody waits for their answer, once', () => {
    expect(newsSince([], [request()], NOW)).toMatchObject([{ kind: 'asked', approval: { id: 'a' } }]);
    expect(newsSince([request()], [request()], NOW)).toEqual([]);
  });

  it('is what was answered to what they asked', () => {
    expect(newsSince([request(own)], [request({ ...own, ...yes })], NOW)).toMatchObject([{ kind: 'approved' }]);
    expect(newsSince([request(own)], [request({ ...own, state: 'refused' })], NOW)).toMatchObject([{ kind: 'refused' }]);
    expect(newsSince([request({ ...own, ...yes })], [request({ ...own, ...yes })], NOW)).toEqual([]);
  });

  it('is nothing that they did themselves', () => {
    expect(newsSince([], [request(own)], NOW)).toEqual([]);
    expect(newsSince([request()], [request({ ...yes, mayAnswer: false })], NOW)).toEqual([]);
    expect(newsSince([request({ ...own, ...yes })], [request({ ...own, ...yes, state: 'used' })], NOW)).toEqual([]);
    expect(newsSince([request(own)], [request({ ...own, state: 'withdrawn' })], NOW)).toEqual([]);
  });
});
