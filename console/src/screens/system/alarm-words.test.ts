import { describe, expect, it } from 'vitest';
import * as model from '../../api/model';
import { makeText } from '../../i18n/catalogue';
import { de } from '../../i18n/de';
import { en } from '../../i18n/en';
import { Zone } from '../../time/zone';
import { alarmWords, kinds, worstFirst } from './alarm-words';

const german = makeText('de', de);
const english = makeText('en', en);
const zone = new Zone('Europe/Berlin', 'de-DE');

function alarm(more: Record<string, unknown>): model.Alarm {
  return model.alarm({ number: 1, key: 'k', kind: 'volume.full', severity: 'critical', since: '2026-11-24T12:00:00Z', cause: 'In English.', nextStep: 'Do it.', ...more }, 'alarm');
}

describe('an alarm', () => {
  it('is told in the reader’s language with its values', () => {
    const words = alarmWords(alarm({ values: { folder: '/a', free: '1234', reserve: '2000' } }), german, zone);
    expect(words.what).toBe('Der Datenträger ist voll');
    expect(words.why).toContain('/a hat 1.234 MB frei');
  });

  it('is told without the sentence that lacks a value, never with a hole in it', () => {
    expect(alarmWords(alarm({}), german, zone).why).toBeUndefined();
  });

  it('holds what the recorder said in English only where its own sentences do not say it', () => {
    expect(alarmWords(alarm({ values: { folder: '/a', free: '1234', reserve: '2000' } }), german, zone).detail).toBeUndefined();
    expect(alarmWords(alarm({ kind: 'emergency.taken', values: { running: '2', until: '2026-11-24T13:00:00Z' } }), german, zone)).toMatchObject({ detail: undefined });
    expect(alarmWords(alarm({ kind: 'emergency.taken' }), german, zone).detail).toBe('In English.');
    expect(alarmWords(alarm({ kind: 'volume.failed', values: { folder: '/a' } }), german, zone).detail).toBe('In English.');
  });

  it('of a newer server is told as it came', () => {
    const words = alarmWords(alarm({ kind: 'moon.fell' }), german, zone);
    expect(words).toEqual({ what: 'In English.', why: undefined, next: 'Do it.', detail: undefined });
  });

  it('has three sentences for every kind', () => {
    expect(kinds.length).toBeGreaterThan(20);
    for (const kind of kinds) {
      for (const text of [german, english]) {
        expect(text.has(`alarm.${kind}`) && text.has(`alarm.${kind}.why`) && text.has(`alarm.${kind}.next`)).toBe(true);
      }
    }
  });

  it('is listed worst first, and what somebody has taken on last', () => {
    const seen = { at: '2026-11-24T12:00:00Z', person: 'p', name: 'Ann', note: '' };
    const list = [alarm({ number: 1, severity: 'warning' }), alarm({ number: 2, acknowledged: seen }), alarm({ number: 3, since: '2026-11-24T13:00:00Z' }), alarm({ number: 4 })];
    expect(list.toSorted(worstFirst).map((each) => each.number)).toEqual([4, 3, 1, 2]);
  });
});
