import { describe, expect, it } from 'vitest';
import type { Camera, Emergency } from '../api/model';
import { makeText } from '../i18n/catalogue';
import { en } from '../i18n/en';
import { HOUR, MINUTE, SECOND } from '../time/instant';
import { leftText, lookedText, scopeText, stageOf, takenSince, waitsForReview } from './emergencies';

const NOW = 1_795_312_800_000_000;
const t = makeText('en', en);

const taken = (more: Partial<Emergency> = {}): Emergency => ({
  id: 'e',
  by: { id: 'p', name: 'Eve' },
  cameras: 'all',
  reason: 'Smoke in the lobby',
  takenAt: NOW - 10 * MINUTE,
  until: NOW + 50 * MINUTE,
  endedAt: undefined,
  endedHow: undefined,
  reviewBy: NOW + 72 * HOUR - 10 * MINUTE,
  looked: [],
  review: undefined,
  mayReview: false,
  ...more,
});
const over = { endedAt: NOW, endedHow: 'person', mayReview: true } as const;
const review = { by: { id: 'd', name: 'Dana' }, at: NOW, note: 'It was right' };

describe('an emergency', () => {
  it('runs until it is ended or its time is over, whatever was last heard of it', () => {
    expect(stageOf(taken(), NOW)).toBe('running');
    expect(stageOf(taken(), NOW + 50 * MINUTE - SECOND)).toBe('running');
    expect(stageOf(taken(), NOW + 50 * MINUTE)).toBe('due');
    expect(stageOf(taken(over), NOW)).toBe('due');
  });

  it('is to be reviewed, and is late when nobody has in time', () => {
    const { reviewBy } = taken();
    expect(stageOf(taken(over), reviewBy - SECOND)).toBe('due');
    expect(stageOf(taken(over), reviewBy)).toBe('overdue');
    expect(stageOf(taken({ ...over, review, mayReview: false }), reviewBy)).toBe('reviewed');
  });

  it('waits for whoever oversees it as long as it runs and until it is reviewed', () => {
    expect(waitsForReview(taken(), NOW)).toBe(true);
    expect(waitsForReview(taken(over), NOW)).toBe(true);
    expect(waitsForReview(taken({ ...over, mayReview: false, review }), NOW)).toBe(false);
    expect(waitsForReview(taken({ ...over, mayReview: false }), NOW)).toBe(false);
  });

  it('is told once to whoever did not look, while it runs', () => {
    expect(takenSince([], [taken()], NOW)).toHaveLength(1);
    expect(takenSince([taken()], [taken()], NOW)).toEqual([]);
    expect(takenSince([], [taken(over)], NOW)).toEqual([]);
  });

  it('is told in words', () => {
    expect(leftText(NOW + 50 * MINUTE + 30 * SECOND, NOW, t)).toBe('50 min');
    expect(leftText(NOW + 9 * MINUTE + 30 * SECOND, NOW, t)).toBe('9 min 30 s');
    expect(leftText(NOW - SECOND, NOW, t)).toBe('0 ms');
    expect(scopeText(['a', 'b'], t)).toContain('2');
    const cameras = [{ id: 'lobby', name: 'Lobby' } as Camera, { id: 'dock', name: 'Dock' } as Camera];
    const looked = [
      { camera: 'lobby', looks: 2 },
      { camera: 'dock', looks: 1 },
    ];
    expect(lookedText(taken({ looked }), cameras, t)).toBe('Lobby (2), Dock');
    expect(lookedText(taken(), undefined, t)).toBe('');
  });
});
