import { describe, expect, it } from 'vitest';
import { GopRun, type Found } from './gops';
import type { Direction } from './protocol';
import { frameAt } from './testing';

const config = { codec: 'avc1.64001F' };
const FRAME = 40_000;

function runOf(numbers: readonly number[], { direction = 1 as Direction, from = 0, reorder = false } = {}): GopRun {
  const run = new GopRun('all');
  run.begin(direction, from);
  for (const number of numbers) run.accept(frameAt(number, { reorder }), config);
  return run;
}

const upTo = (count: number, start = 0): number[] => Array.from({ length: count }, (_, index) => start + index);

function shown(found: Found): number | string {
  return found.kind === 'picture' ? (found.gop.order[found.place]?.due ?? -1) / FRAME : found.kind;
}

describe('a run of GOPs', () => {
  it('finds the last picture at or before a time', () => {
    const run = runOf(upTo(25));
    expect(shown(run.find(7 * FRAME))).toBe(7);
    expect(shown(run.find(7 * FRAME + 39_999))).toBe(7);
    expect(shown(run.find(19 * FRAME + 1))).toBe(19);
  });

  it('is only certain when nothing nearer can still come', () => {
    const run = runOf(upTo(15));
    expect(run.find(13 * FRAME)).toMatchObject({ kind: 'picture', certain: true });
    expect(run.find(14 * FRAME + 10)).toMatchObject({ kind: 'picture', certain: false });
    run.end();
    expect(run.find(14 * FRAME + 10)).toMatchObject({ kind: 'picture', certain: true });
  });

  it('shows B-frames in their order at even times', () => {
    const run = runOf(upTo(20), { reorder: false });
    const withB = runOf(upTo(20), { reorder: true });
    for (let number = 0; number < 9; number += 1) {
      expect(shown(withB.find(number * FRAME))).toBe(shown(run.find(number * FRAME)));
    }
    const found = withB.find(1 * FRAME);
    expect(found.kind === 'picture' && found.gop.order[found.place]?.decodeIndex).toBe(2);
    expect(found.kind === 'picture' && found.gop.reorderDepth).toBe(2);
  });

  it('grows backward by whole GOPs', () => {
    const run = runOf([...upTo(10, 20), ...upTo(10, 10)], { direction: -1, from: 29 * FRAME });
    expect(shown(run.find(29 * FRAME))).toBe(29);
    expect(run.find(25 * FRAME)).toMatchObject({ certain: true });
    run.accept(frameAt(0), config);
    const gop = run.first;
    expect(gop?.start).toBe(0);
    expect(run.find(15 * FRAME)).toMatchObject({ certain: true });
  });

  it('goes on with a GOP that was cut off, without counting its frames twice', () => {
    const run = runOf(upTo(15));
    run.end();
    run.begin(1, 10 * FRAME);
    for (const number of upTo(20, 10)) run.accept(frameAt(number), config);
    expect(run.last?.frames.length).toBe(10);
    expect(shown(run.find(22 * FRAME))).toBe(22);
    expect(shown(run.find(12 * FRAME))).toBe(12);
  });

  it('tells a gap between two pictures, and where it ends', () => {
    const run = runOf(upTo(10));
    run.crossed({ start: 10 * FRAME, end: 100 * FRAME, cause: 'camera-silent' });
    for (const number of upTo(12, 100)) run.accept(frameAt(number), config);
    expect(shown(run.find(10 * FRAME))).toBe(9);
    expect(run.find(50 * FRAME)).toMatchObject({ kind: 'gap', gap: { cause: 'camera-silent' } });
    expect(shown(run.find(100 * FRAME))).toBe(100);
  });

  it('knows that nothing was there before the first picture it was sent', () => {
    const run = runOf(upTo(12, 50), { from: 20 * FRAME });
    expect(run.find(30 * FRAME)).toMatchObject({ kind: 'gap', gap: { end: 50 * FRAME } });
    expect(run.find(10 * FRAME)).toEqual({ kind: 'unknown' });
  });

  it('forgets what is farthest behind when it holds too much', () => {
    const run = runOf(upTo(100));
    run.shrink(40_000, 80 * FRAME);
    expect(run.bytes).toBeLessThanOrEqual(40_000);
    expect(shown(run.find(80 * FRAME))).toBe(80);
    expect(run.find(0).kind).not.toBe('picture');
  });

  it('finds no picture from before what may be shown', () => {
    const run = new GopRun('all', 13 * FRAME - 5);
    run.begin(1, 13 * FRAME - 5);
    for (const number of upTo(15, 10)) run.accept(frameAt(number), config);
    expect(run.find(12 * FRAME)).toEqual({ kind: 'unknown' });
    expect(run.find(13 * FRAME - 6)).toEqual({ kind: 'unknown' });
    expect(shown(run.find(13 * FRAME - 5))).toBe(13);
    expect(shown(run.find(14 * FRAME))).toBe(14);

    run.crossed({ start: 12 * FRAME, end: 13 * FRAME - 5, cause: 'before-given', askable: true });
    expect(run.find(12 * FRAME + 1)).toMatchObject({ kind: 'gap', gap: { askable: true } });

    run.showFrom(22 * FRAME);
    expect(run.find(15 * FRAME).kind).not.toBe('picture');
    expect(shown(run.find(22 * FRAME))).toBe(22);
  });
});
