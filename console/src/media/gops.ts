import type { Micros } from '../time/instant';
import type { VideoConfig } from './decoder';
import type { Direction, EncodedFrame, Frames } from './protocol';

/** A frame at its place in presentation order. */
export interface Placed {
  readonly frame: EncodedFrame;
  /** When it is shown: the k-th picture is due at the k-th wall time of its GOP, so that B-frames keep their order. */
  readonly due: Micros;
  /** Its place in decoding order. */
  readonly decodeIndex: number;
}

/** From one key frame to the next, in decoding order. */
export class Gop {
  readonly config: VideoConfig;
  readonly frames: EncodedFrame[] = [];
  complete = false;
  private placed: readonly Placed[] = [];
  private reorder = 0;

  constructor(config: VideoConfig, key: EncodedFrame) {
    this.config = config;
    this.frames.push(key);
  }

  get start(): Micros {
    return this.order[0]?.due ?? 0;
  }

  get end(): Micros {
    return this.order.at(-1)?.due ?? 0;
  }

  /** By how many places pictures are shown later than they are decoded. */
  get reorderDepth(): number {
    void this.order;
    return this.reorder;
  }

  /** In presentation order. */
  get order(): readonly Placed[] {
    if (this.placed.length !== this.frames.length) {
      const dues = this.frames.map((frame) => frame.wallTime).toSorted((a, b) => a - b);
      const inOrder = this.frames
        .map((frame, decodeIndex) => ({ frame, decodeIndex }))
        .toSorted((a, b) => a.frame.mediaTime - b.frame.mediaTime || a.decodeIndex - b.decodeIndex);
      this.placed = inOrder.map(({ frame, decodeIndex }, place) => ({ frame, decodeIndex, due: dues[place] ?? frame.wallTime }));
      this.reorder = Math.max(0, ...this.placed.map((each, place) => place - each.decodeIndex));
    }
    return this.placed;
  }

  /** The last picture due at or before `at`, by its place; -1 if none is. */
  placeAt(at: Micros): number {
    return this.order.findLastIndex((each) => each.due <= at);
  }
}

export interface Gap {
  readonly start: Micros;
  readonly end: Micros;
  readonly cause: string;
  /** Not shown to this person, unless somebody else says yes. */
  readonly askable?: boolean;
}

/** It may be there, and is not shown to this person. */
const WITHHELD: ReadonlySet<string> = new Set(['too-old', 'before-given']);

export function isWithheld(cause: string): boolean {
  return WITHHELD.has(cause);
}

export type Found =
  | { readonly kind: 'picture'; readonly gop: Gop; readonly place: number; /** Nothing that is still to come could be nearer. */ readonly certain: boolean }
  | { readonly kind: 'gap'; readonly gap: Gap }
  /** Nothing further in this direction. */
  | { readonly kind: 'edge' }
  | { readonly kind: 'unknown' };

/** A picture this long after the last one was due, and before the next: something is missing between them. */
const LONGEST_STILL: Micros = 2_000_000;
/** Into a gap that the server told, the last picture stays so long. */
const BRIEF: Micros = 500_000;

/**
 * The encoded pictures of one camera around the position, as one unbroken run of GOPs in time.
 *
 * It grows at the end that the running `play` reaches for. "Not shown" flags are for players that show all
 * they get; this one chooses by time, which comes to the same.
 */
export class GopRun {
  readonly frames: Frames;
  private readonly run: Gop[] = [];
  private gaps: Gap[] = [];
  private receiving: Gop | undefined;
  /** How many frames of the GOP that is sent again have come by. */
  private repeated = 0;
  private ignoring = false;
  /** From here on everything was asked for. */
  private floor: Micros = Number.POSITIVE_INFINITY;
  private direction: Direction = 1;
  private atEnd = false;
  private atBeginning = false;
  private held = 0;
  private opensAt: Micros;

  /** @param opensAt from when on pictures may be shown; what lies before it comes to be decoded only */
  constructor(frames: Frames, opensAt: Micros = Number.NEGATIVE_INFINITY) {
    this.frames = frames;
    this.opensAt = opensAt;
  }

  /** No picture from before that time is found any more. */
  showFrom(at: Micros): void {
    this.opensAt = Math.max(this.opensAt, at);
  }

  get first(): Gop | undefined {
    return this.run[0];
  }

  get last(): Gop | undefined {
    return this.run.at(-1);
  }

  get bytes(): number {
    return this.held;
  }

  /** The server said that there is nothing further that way. */
  isEnded(direction: Direction): boolean {
    return direction === 1 ? this.atEnd : this.atBeginning;
  }

  /** A new `play` begins to send: forward from the last GOP on, or backward from before the first. */
  begin(direction: Direction, from: Micros): void {
    this.direction = direction;
    this.receiving = undefined;
    this.ignoring = false;
    if (direction === 1) {
      this.atEnd = false;
      this.floor = Math.min(this.floor, from);
    } else {
      this.atBeginning = false;
    }
  }

  accept(frame: EncodedFrame, config: VideoConfig): void {
    if (frame.key) this.beginGop(frame, config);
    else if (this.receiving && !this.ignoring) this.append(this.receiving, frame);
  }

  crossed(gap: Gap): void {
    this.finishReceiving();
    this.gaps = [...this.gaps.filter((each) => each.start !== gap.start), gap];
  }

  /** The server has nothing further in the direction of the running `play`. */
  end(): void {
    if (this.direction === 1) {
      // The GOP at the growing end is whole only when the next one begins, so it stays open.
      this.atEnd = true;
    } else {
      this.finishReceiving();
      this.atBeginning = true;
    }
  }

  /** More was asked for at the growing end: what comes follows what was last sent. */
  goOn(): void {
    this.atEnd = false;
  }

  find(at: Micros): Found {
    const gap = this.gaps.find((each) => each.start <= at && at < each.end);
    if (at < this.opensAt) return this.shut(gap);
    const index = this.run.findLastIndex((gop) => gop.start <= at);
    const gop = this.run[index];
    if (!gop) return this.beforeAll(at, gap);
    const place = gop.placeAt(at);
    const due = gop.order[place]?.due ?? gop.start;
    if (due < this.opensAt) return this.firstShown();
    if (gap && at - due > BRIEF) return { kind: 'gap', gap };
    const next = gop.order[place + 1] ?? this.run[index + 1]?.order[0];
    const isLast = index === this.run.length - 1;
    const nothingNewer = isLast && (this.atEnd || (gop.complete && this.direction === -1));
    const certain = nothingNewer || (gop.complete ? next !== undefined || gap !== undefined : place < gop.order.length - 1 - gop.reorderDepth);
    if (certain && next === undefined && this.atEnd && at - due > LONGEST_STILL) return { kind: 'edge' };
    if (certain && next && next.due - due > LONGEST_STILL && at - due > LONGEST_STILL && this.frames === 'all') {
      return { kind: 'gap', gap: gap ?? { start: due, end: next.due, cause: 'unknown' } };
    }
    return { kind: 'picture', gop, place, certain };
  }

  /** Forgets what lies farthest from the position until no more than `limit` bytes are held. */
  shrink(limit: number, at: Micros): void {
    while (this.held > limit && this.run.length > 2) {
      const first = this.run[0];
      const last = this.run.at(-1);
      if (!first || !last) return;
      const dropFirst = this.direction === 1 ? first.end < at : at - first.end > last.start - at;
      const dropped = dropFirst ? this.run.shift() : last.start > at && this.direction === -1 ? this.run.pop() : undefined;
      if (!dropped) return;
      if (dropFirst) this.atBeginning = false;
      else this.atEnd = false;
      this.held -= bytesOf(dropped);
    }
  }

  /** The GOP after this one in time, once nothing can come between them. */
  after(gop: Gop): Gop | undefined {
    const index = this.run.indexOf(gop);
    return gop.complete && index !== -1 ? this.run[index + 1] : undefined;
  }

  before(gop: Gop): Gop | undefined {
    const found = this.run[this.run.indexOf(gop) - 1];
    return found?.complete ? found : undefined;
  }

  /** Before anything may be shown. */
  private shut(gap: Gap | undefined): Found {
    if (gap) return { kind: 'gap', gap };
    return this.atBeginning || this.atEnd ? { kind: 'edge' } : { kind: 'unknown' };
  }

  /** Right after that moment, until the next picture, the first one that may be shown stands in for the last that may not. */
  private firstShown(): Found {
    for (const gop of this.run) {
      const place = gop.order.findIndex((each) => each.due >= this.opensAt);
      if (place !== -1) return { kind: 'picture', gop, place, certain: gop.complete || place < gop.order.length - gop.reorderDepth };
    }
    return this.atEnd ? { kind: 'edge' } : { kind: 'unknown' };
  }

  private beforeAll(at: Micros, gap: Gap | undefined): Found {
    if (gap) return { kind: 'gap', gap };
    if (this.direction === -1 && this.atBeginning) return { kind: 'edge' };
    const { first } = this;
    // Asked from `at` on, the server began later: there is nothing at or before `at`.
    if (first && at >= this.floor) return { kind: 'gap', gap: { start: at, end: first.start, cause: 'unknown' } };
    return this.atEnd || this.atBeginning ? { kind: 'edge' } : { kind: 'unknown' };
  }

  private beginGop(key: EncodedFrame, config: VideoConfig): void {
    this.finishReceiving();
    const known = this.run.find((gop) => gop.frames[0]?.wallTime === key.wallTime);
    this.ignoring = known?.complete === true;
    if (this.ignoring) return;
    const gop = known ?? new Gop(config, key);
    this.receiving = gop;
    this.repeated = known ? 1 : Number.POSITIVE_INFINITY;
    if (known) return;
    gop.complete = this.frames === 'keys';
    const place = this.run.findIndex((each) => each.start > key.wallTime);
    this.run.splice(place === -1 ? this.run.length : place, 0, gop);
    this.held += key.cost;
  }

  /** A GOP that was cut off is sent again from its key frame: what is known goes by, the rest is new. */
  private append(gop: Gop, frame: EncodedFrame): void {
    if (this.repeated < gop.frames.length) {
      this.repeated += 1;
      return;
    }
    gop.frames.push(frame);
    this.held += frame.cost;
    this.repeated = Number.POSITIVE_INFINITY;
  }

  private finishReceiving(): void {
    if (this.receiving) this.receiving.complete = true;
    this.receiving = undefined;
  }
}

function bytesOf(gop: Gop): number {
  return gop.frames.reduce((sum, frame) => sum + frame.cost, 0);
}
