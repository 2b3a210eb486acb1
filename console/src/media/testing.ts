import type { Chunk, Decoder, DecoderEvents, MakeDecoder, Picture, VideoConfig } from './decoder';
import type { EncodedFrame } from './protocol';

/** Parts that stand in for a browser and a server in tests of this folder. */

const FRAME = 40_000;

/** Frame `number` of an endless stream: 25 a second, a key frame every `gop`, with B-frames if `reorder`. */
export function frameAt(number: number, { gop = 10, channel = 1, seq = 0, reorder = false, notShown = false } = {}): EncodedFrame {
  const within = number % gop;
  const place = reorder ? placeWithBFrames(within, gop) : within;
  return {
    channel,
    seq,
    key: within === 0,
    damaged: false,
    discontinuity: false,
    notShown,
    wallTime: number * FRAME,
    mediaTime: (number - within + place) * 3_600,
    data: Uint8Array.of(within === 0 ? 1 : 0),
    cost: 1_000,
  };
}

/** Decoded I P B B P B B …, shown I B B P B B P …: each P goes two places later, each B one earlier. */
function placeWithBFrames(within: number, gop: number): number {
  if (within === 0 || within > gop - 1 - ((gop - 1) % 3)) return within;
  return (within - 1) % 3 === 0 ? within + 2 : within - 1;
}

export class FakePicture implements Picture {
  static open = 0;
  readonly timestamp: number;
  readonly displayWidth = 320;
  readonly displayHeight = 180;
  private closed = false;

  constructor(timestamp: number) {
    this.timestamp = timestamp;
    FakePicture.open += 1;
  }

  clone(): Picture {
    if (this.closed) throw new Error('A closed picture cannot be cloned.');
    return new FakePicture(this.timestamp);
  }

  close(): void {
    if (!this.closed) FakePicture.open -= 1;
    this.closed = true;
  }
}

/** Decodes one chunk per turn, holds back `delay` pictures until flushed, and refuses what a real one refuses. */
export class FakeDecoder implements Decoder {
  static readonly all: FakeDecoder[] = [];
  readonly decoded: number[] = [];
  private readonly events: DecoderEvents;
  private readonly delay: number;
  private queue: Chunk[] = [];
  private held: number[] = [];
  private needsKey = true;
  private isConfigured = false;
  private flushed: ((whole: boolean) => void) | undefined;

  constructor(events: DecoderEvents, delay: number) {
    this.events = events;
    this.delay = delay;
    FakeDecoder.all.push(this);
  }

  get queued(): number {
    return this.queue.length;
  }

  configure(_config: VideoConfig): void {
    this.isConfigured = true;
    this.needsKey = true;
  }

  decode(chunk: Chunk): void {
    if (!this.isConfigured) throw new Error('decode before configure');
    if (this.needsKey && !chunk.key) throw new Error('a delta frame where a key frame is needed');
    this.needsKey = false;
    this.queue.push(chunk);
  }

  flush(): Promise<boolean> {
    this.needsKey = true;
    return new Promise((resolve) => {
      this.flushed = resolve;
    });
  }

  reset(): void {
    this.queue = [];
    this.held = [];
    this.needsKey = true;
    this.flushed?.(false);
    this.flushed = undefined;
  }

  close(): void {
    this.reset();
  }

  /** One turn of work. True if there was something to do. */
  turn(): boolean {
    const chunk = this.queue.shift();
    if (chunk) {
      this.decoded.push(chunk.timestamp);
      this.held.push(chunk.timestamp);
      this.events.moved();
      while (this.held.length > this.delay) this.give();
      return true;
    }
    if (!this.flushed) return false;
    while (this.held.length > 0) this.give();
    const { flushed } = this;
    this.flushed = undefined;
    flushed(true);
    return true;
  }

  private give(): void {
    const timestamp = this.held.shift();
    if (timestamp !== undefined) this.events.picture(new FakePicture(timestamp));
  }
}

export function fakeDecoders(delay = 0): MakeDecoder {
  return (events) => new FakeDecoder(events, delay);
}
