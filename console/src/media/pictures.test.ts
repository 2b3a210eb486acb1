import { beforeEach, describe, expect, it } from 'vitest';
import { GopRun } from './gops';
import { Pictures } from './pictures';
import type { Direction } from './protocol';
import { FakeDecoder, FakePicture, fakeDecoders, frameAt } from './testing';

const config = { codec: 'avc1.64001F' };
const FRAME = 40_000;
const GOP = 10;

interface Bench {
  readonly run: GopRun;
  readonly pictures: Pictures;
  /** Works until the picture of that number is there; its due number. */
  readonly show: (number: number, direction: Direction, exact?: boolean) => Promise<number>;
}

function bench({ frames = 50, delay = 0, reorder = false } = {}): Bench {
  const run = new GopRun('all');
  run.begin(1, 0);
  for (let number = 0; number < frames; number += 1) run.accept(frameAt(number, { reorder, gop: GOP }), config);
  run.end();
  const pictures = new Pictures(fakeDecoders(delay), () => {});
  const decoder = FakeDecoder.all.at(-1);
  const show = async (number: number, direction: Direction, exact = true): Promise<number> => {
    for (let turn = 0; turn < 500; turn += 1) {
      const found = run.find(number * FRAME);
      if (found.kind !== 'picture') throw new Error(`nothing at ${number}`);
      const taken = pictures.take(run, found.gop, found.place, direction, exact);
      if (taken) {
        taken.picture.close();
        return taken.placed.due / FRAME;
      }
      decoder?.turn();
      await Promise.resolve();
      await Promise.resolve();
    }
    throw new Error(`picture ${number} never came`);
  };
  return { run, pictures, show };
}

beforeEach(() => {
  FakeDecoder.all.length = 0;
  FakePicture.open = 0;
});

describe.each([
  { delay: 0, reorder: false },
  { delay: 0, reorder: true },
  { delay: 4, reorder: false },
  { delay: 4, reorder: true },
])('decoding with $delay held back, B-frames $reorder', (kind) => {
  it('plays forward through every picture', async () => {
    const { show } = bench(kind);
    for (let number = 3; number < 50; number += 1) expect(await show(number, 1)).toBe(number);
  });

  it('steps back through every picture, over the edges of GOPs', async () => {
    const { show } = bench(kind);
    expect(await show(44, 1)).toBe(44);
    for (let number = 43; number >= 0; number -= 1) expect(await show(number, -1)).toBe(number);
  });

  it('turns round anywhere', async () => {
    const { show } = bench(kind);
    let number = 25;
    let direction: Direction = 1;
    for (const steps of [3, 7, 1, 1, 12, 9, 2, 20]) {
      for (let step = 0; step < steps; step += 1) {
        number += direction;
        expect(await show(number, direction)).toBe(number);
      }
      direction = direction === 1 ? -1 : 1;
    }
  });

  it('seeks anywhere', async () => {
    const { show } = bench(kind);
    for (const number of [40, 3, 49, 0, 22, 21, 23, 9, 10]) expect(await show(number, 1)).toBe(number);
  });

  it('keeps few pictures and closes every one', async () => {
    const { show, pictures } = bench(kind);
    for (let number = 0; number < 50; number += 1) {
      await show(number, 1);
      expect(FakePicture.open).toBeLessThan(20);
    }
    pictures.close();
    expect(FakePicture.open).toBe(0);
  });
});

describe('a GOP that the decoder gives up on', () => {
  it('is left alone after two tries, and does not stop the next', async () => {
    const { run, pictures, show } = bench();
    const found = run.find(5 * FRAME);
    if (found.kind !== 'picture') throw new Error('no picture');
    const decoder = FakeDecoder.all[0];
    for (let each = 0; each < 2; each += 1) {
      pictures.take(run, found.gop, found.place, 1, true);
      decoder?.['events'].failed();
    }
    expect(pictures.isBroken(found.gop)).toBe(true);
    expect(await show(15, 1)).toBe(15);
  });
});
