import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelListener, MediaConnection } from './connection';
import { LivePlayer, SILENCE_MICROS } from './live';
import { FakeDecoder, FakePicture, fakeDecoders, frameAt } from './testing';

const FRAME = 40_000;

function player(): { player: LivePlayer; ear: ChannelListener; shown: number[]; cleared: () => number; at: { now: number } } {
  const heard: ChannelListener[] = [];
  const shown: number[] = [];
  let clears = 0;
  const at = { now: 0 };
  const connection = {
    open: (_request: unknown, listener: ChannelListener) => {
      heard.push(listener);
      return { number: 1, send: () => {}, close: () => {} };
    },
  } as unknown as MediaConnection;
  const made = new LivePlayer(connection, 'c', 'record', {
    makeDecoder: fakeDecoders(),
    show: (picture, { wallTime }) => {
      picture.close();
      shown.push(wallTime / FRAME);
    },
    clear: () => {
      clears += 1;
    },
    changed: () => {},
    now: () => at.now,
  });
  const ear = heard[0];
  if (!ear) throw new Error('no channel was opened');
  return { player: made, ear, shown, cleared: () => clears, at };
}

const supports = (supported: boolean): void => {
  vi.stubGlobal('VideoDecoder', { isConfigSupported: () => Promise.resolve({ supported }) });
};

async function begin(ear: ChannelListener, codec = 'avc1.64001F'): Promise<void> {
  ear.opened();
  ear.message({ type: 'channel', channel: 1, camera: 'c', stream: 0, mode: 'live' });
  ear.message({ type: 'config', channel: 1, codec, width: 320, height: 180 });
  await new Promise((resolve) => setTimeout(resolve, 0));
}

const work = (): void => {
  for (const decoder of FakeDecoder.all) while (decoder.turn()) continue;
};

beforeEach(() => {
  FakeDecoder.all.length = 0;
  FakePicture.open = 0;
  supports(true);
});
afterEach(() => vi.unstubAllGlobals());

describe('a live tile', () => {
  it('shows every frame from the first key frame on', async () => {
    const { ear, shown, player: tile } = player();
    await begin(ear);
    for (let number = 7; number < 15; number += 1) ear.frame(frameAt(number));
    work();
    expect(shown).toEqual([10, 11, 12, 13, 14]);
    expect(tile.status).toMatchObject({ phase: 'live', lastWallTime: 14 * FRAME });
  });

  it('loses nothing that comes while the browser is asked about the codec', async () => {
    const { ear, shown } = player();
    ear.opened();
    ear.message({ type: 'config', channel: 1, codec: 'avc1.42001F', width: 1, height: 1 });
    ear.frame(frameAt(10));
    ear.frame(frameAt(11));
    await new Promise((resolve) => setTimeout(resolve, 0));
    work();
    expect(shown).toEqual([10, 11]);
  });

  it('waits for the next key frame after frames were left out, and counts them', async () => {
    const { ear, shown, player: tile } = player();
    await begin(ear);
    ear.frame(frameAt(10));
    ear.message({ type: 'skipped', channel: 1, frames: 5 });
    ear.frame(frameAt(16));
    ear.frame(frameAt(20));
    work();
    expect(shown).toEqual([10, 20]);
    expect(tile.status.skipped).toBe(5);
  });

  it('leaves out what its decoder cannot keep up with', async () => {
    const { ear, shown, player: tile } = player();
    await begin(ear);
    for (let number = 10; number < 60; number += 1) ear.frame(frameAt(number, { gop: 50 }));
    expect(tile.status.skipped).toBe(0);
    for (let number = 50; number < 95; number += 1) ear.frame(frameAt(number, { gop: 50 }));
    work();
    expect(tile.status.skipped).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(45);
  });

  it('goes black when the camera fails, and comes back with it', async () => {
    const { ear, shown, cleared, player: tile } = player();
    await begin(ear);
    ear.frame(frameAt(10));
    work();
    ear.message({ type: 'state', channel: 1, state: { phase: 'backing-off', cause: 'camera-unreachable', since: 5, nextTryAt: 9, clockDifferenceMillis: undefined, message: undefined, certificate: undefined } });
    expect(tile.status).toMatchObject({ phase: 'camera', camera: { cause: 'camera-unreachable' } });
    expect(cleared()).toBeGreaterThan(0);
    ear.message({ type: 'state', channel: 1, state: { phase: 'streaming', cause: undefined, since: 10, nextTryAt: undefined, clockDifferenceMillis: undefined, message: undefined, certificate: undefined } });
    ear.frame(frameAt(20));
    work();
    expect(tile.status.phase).toBe('live');
    expect(shown).toEqual([10, 20]);
  });

  it('never leaves an old picture that looks live', async () => {
    const { ear, player: tile, at } = player();
    await begin(ear);
    ear.frame(frameAt(10));
    work();
    at.now = 10 * FRAME + SILENCE_MICROS + 1;
    tile.check();
    expect(tile.status.phase).toBe('silent');
  });

  it('says that this browser cannot decode the codec', async () => {
    supports(false);
    const { ear, player: tile } = player();
    await begin(ear, 'hvc1.1.6.L93.B0');
    expect(tile.status).toMatchObject({ phase: 'unsupported', hindrance: 'codec' });
  });

  it('says that this browser has no WebCodecs', async () => {
    vi.unstubAllGlobals();
    const { ear, player: tile } = player();
    await begin(ear);
    expect(tile.status).toMatchObject({ phase: 'unsupported', hindrance: 'no-webcodecs' });
  });

  it('closes every picture', async () => {
    const { ear, player: tile } = player();
    await begin(ear);
    for (let number = 10; number < 30; number += 1) ear.frame(frameAt(number));
    work();
    tile.close();
    expect(FakePicture.open).toBe(0);
  });
});
