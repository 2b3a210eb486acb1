import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaConnection } from './connection';
import { FakeServer } from './fake-server';
import { PlaybackSession, framesFor } from './playback';
import { FakeDecoder, FakePicture, fakeDecoders } from './testing';

const FRAME = 40_000;
const SECOND = 25 * FRAME;

/** A session on a clock that the test holds, in front of a server that answers at once. */
class Desk {
  readonly server: FakeServer;
  readonly session: PlaybackSession;
  readonly shown: Record<string, number[]> = {};
  private millis = 1_000;
  private frames: (() => void)[] = [];

  constructor(server: FakeServer, start: number, cameras: readonly string[], delay = 0) {
    this.server = server;
    this.session = new PlaybackSession(start, {
      // The players use its `open` only.
      connection: server as unknown as MediaConnection,
      makeDecoder: fakeDecoders(delay),
      nowMillis: () => this.millis,
      nextFrame: (callback) => this.frames.push(callback),
    });
    for (const camera of cameras) {
      this.shown[camera] = [];
      this.session.add(camera, {
        show: (picture, { wallTime }) => {
          picture.close();
          this.shown[camera]?.push(wallTime / FRAME);
        },
        clear: () => {},
      });
    }
  }

  /** Lets `millis` pass in steps of a display at 50 Hz. */
  async pass(millis: number): Promise<void> {
    for (let left = millis; left > 0; left -= 20) {
      this.millis += 20;
      this.server.work();
      for (let turn = 0; turn < 12; turn += 1) {
        for (const decoder of FakeDecoder.all) decoder.turn();
        await Promise.resolve();
      }
      const due = this.frames;
      this.frames = [];
      for (const callback of due) callback();
      await Promise.resolve();
    }
  }

  last(camera: string): number | undefined {
    return this.shown[camera]?.at(-1);
  }

  plays(): number {
    return this.server.asked.filter((order) => order.type === 'play').length;
  }
}

async function deskAt(frame: number, { server = new FakeServer(), cameras = ['a'], delay = 0 } = {}): Promise<Desk> {
  const desk = new Desk(server, frame * FRAME + 10, cameras, delay);
  await desk.pass(400);
  return desk;
}

beforeEach(() => {
  FakeDecoder.all.length = 0;
  FakePicture.open = 0;
  vi.stubGlobal('VideoDecoder', { isConfigSupported: () => Promise.resolve({ supported: true }) });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a seek', () => {
  it('shows exactly the picture of the asked time', async () => {
    const desk = await deskAt(123);
    expect(desk.shown['a']).toEqual([123]);
    desk.session.seek(300 * FRAME - 1);
    await desk.pass(400);
    expect(desk.last('a')).toBe(299);
    expect(desk.session.snapshot.tiles['a']?.phase).toBe('picture');
  });

  it('within what is held asks the server for nothing', async () => {
    const desk = await deskAt(123);
    const before = desk.plays();
    desk.session.seek(135 * FRAME);
    await desk.pass(200);
    expect(desk.last('a')).toBe(135);
    expect(desk.plays()).toBe(before);
  });

  it('works with a decoder that holds pictures back, and with B-frames', async () => {
    const server = new FakeServer();
    server.reorder = true;
    const desk = await deskAt(124, { server, delay: 4 });
    expect(desk.last('a')).toBe(124);
  });

  it('far beyond the newest picture rests on it and asks once', async () => {
    const desk = await deskAt(123);
    desk.session.seek(900 * FRAME);
    await desk.pass(1_000);
    expect(desk.plays()).toBe(2);
    expect(desk.session.snapshot.tiles['a']?.phase).toBe('nothing');
  });
});

describe('a step', () => {
  it('goes back one picture at a time, over GOP after GOP', async () => {
    const desk = await deskAt(155);
    for (let wanted = 154; wanted > 110; wanted -= 1) {
      desk.session.step('a', -1);
      await desk.pass(300);
      expect(desk.last('a')).toBe(wanted);
    }
  });

  it('goes on one picture at a time, and back again', async () => {
    const desk = await deskAt(155);
    for (let wanted = 156; wanted < 180; wanted += 1) {
      desk.session.step('a', 1);
      await desk.pass(200);
      expect(desk.last('a')).toBe(wanted);
    }
    desk.session.step('a', -1);
    await desk.pass(200);
    expect(desk.last('a')).toBe(178);
    desk.session.step('a', 1);
    await desk.pass(200);
    expect(desk.last('a')).toBe(179);
  });

  it('stops with a word at both ends', async () => {
    const desk = await deskAt(499);
    desk.session.step('a', 1);
    await desk.pass(400);
    expect(desk.session.snapshot.notice).toEqual({ kind: 'newest' });
    desk.session.seek(0);
    await desk.pass(400);
    desk.session.step('a', -1);
    await desk.pass(600);
    expect(desk.session.snapshot.notice).toEqual({ kind: 'oldest' });
    expect(desk.last('a')).toBe(0);
  });
});

describe('playing', () => {
  it('at life’s pace shows every picture in order', async () => {
    const desk = await deskAt(100);
    desk.session.play(1);
    await desk.pass(3_000);
    const shown = desk.shown['a'] ?? [];
    expect(shown.length).toBeGreaterThan(60);
    expect(shown).toEqual(shown.map((_, index) => 100 + index));
  });

  it('backward at life’s pace shows every picture, newest first', async () => {
    const desk = await deskAt(200);
    desk.session.play(-1);
    await desk.pass(3_000);
    const shown = desk.shown['a'] ?? [];
    expect(shown.length).toBeGreaterThan(50);
    expect(shown).toEqual(shown.map((_, index) => 200 - index));
  });

  it('fast asks for key frames only and keeps the pace', async () => {
    const desk = await deskAt(100);
    desk.session.play(4);
    await desk.pass(2_000);
    expect(desk.server.asked.at(-1)).not.toMatchObject({ frames: 'all' });
    expect(desk.shown['a']?.slice(1).every((number) => number % 10 === 0)).toBe(true);
    expect(desk.last('a')).toBeGreaterThanOrEqual(260);
    expect(desk.last('a')).toBeLessThanOrEqual(310);
  });

  it('asks for key frames from speed 4 on, and backward above life’s pace', () => {
    expect([0.25, 1, 2, -0.5, -1].map(framesFor)).toEqual(['all', 'all', 'all', 'all', 'all']);
    expect([4, 16, -2, -4].map(framesFor)).toEqual(['keys', 'keys', 'keys', 'keys']);
  });

  it('leaps over a gap that all cameras have, and says why', async () => {
    const server = new FakeServer();
    server.gaps = [{ start: 120 * FRAME, end: 300 * FRAME, cause: 'camera-unreachable' }];
    const desk = await deskAt(105, { server });
    desk.session.play(1);
    await desk.pass(3_000);
    expect(desk.session.snapshot.notice).toMatchObject({ kind: 'gap', cause: 'camera-unreachable' });
    expect(desk.last('a')).toBeGreaterThan(300);
  });

  it('comes to the growing end and goes on with it', async () => {
    const server = new FakeServer({ newest: 199 });
    const desk = await deskAt(150, { server });
    desk.session.play(1);
    for (let step = 0; step < 40; step += 1) {
      server.newest += 3;
      await desk.pass(120);
    }
    expect(desk.session.snapshot.playing).toBe(true);
    expect(desk.last('a')).toBeGreaterThan(240);
  });

  it('stops with a word where nothing more comes', async () => {
    const desk = await deskAt(480);
    desk.session.play(1);
    await desk.pass(3_000);
    expect(desk.session.snapshot).toMatchObject({ playing: false, notice: { kind: 'newest' } });
    expect(desk.last('a')).toBe(499);
    expect(desk.plays()).toBeLessThan(6);
  });

  it('loops over an interval', async () => {
    const desk = await deskAt(100);
    desk.session.setLoop({ start: 100 * FRAME, end: 100 * FRAME + SECOND });
    desk.session.play(1);
    await desk.pass(2_500);
    expect(desk.shown['a']?.filter((number) => number === 110).length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...(desk.shown['a'] ?? []))).toBeLessThanOrEqual(126);
  });
});

describe('a scrub', () => {
  it('shows key frames while it moves and rests on the exact picture', async () => {
    const desk = await deskAt(400);
    for (let at = 390; at > 200; at -= 10) {
      desk.session.scrub(at * FRAME + 5 * FRAME);
      await desk.pass(60);
    }
    const during = desk.shown['a']?.slice(1) ?? [];
    expect(during.length).toBeGreaterThan(3);
    expect(during.every((number) => number % 10 === 0)).toBe(true);
    desk.session.seek(207 * FRAME);
    await desk.pass(400);
    expect(desk.last('a')).toBe(207);
  });
});

describe('several cameras', () => {
  it('stand on the same picture time', async () => {
    const desk = await deskAt(150, { cameras: ['a', 'b', 'c'] });
    desk.session.play(1);
    await desk.pass(1_000);
    desk.session.pause();
    await desk.pass(200);
    expect(new Set(['a', 'b', 'c'].map((camera) => desk.last(camera))).size).toBe(1);
  });

  it('leave no picture open when the session ends', async () => {
    const desk = await deskAt(150, { cameras: ['a', 'b'] });
    desk.session.play(-1);
    await desk.pass(1_000);
    desk.session.close();
    await Promise.resolve();
    expect(FakePicture.open).toBe(0);
  });

  it('never shows what the server sends to be decoded only, however it is walked to', async () => {
    const server = new FakeServer({ newest: 499 });
    const opens = 103 * FRAME - 7;
    server.opensAt = opens;
    const desk = new Desk(server, 50 * FRAME, ['a']);
    await desk.pass(200);
    expect(desk.session.snapshot.tiles['a']).toMatchObject({ phase: 'gap', gap: { askable: true } });

    desk.session.seek(opens);
    await desk.pass(200);
    expect(desk.last('a')).toBe(103);
    desk.session.step('a', 1);
    await desk.pass(200);
    expect(desk.last('a')).toBe(104);
    for (let step = 0; step < 4; step += 1) {
      desk.session.step('a', -1);
      await desk.pass(200);
    }
    desk.session.play(-1);
    await desk.pass(1_000);

    expect(Math.min(...(desk.shown['a'] ?? []))).toBe(103);
  });
});
