import type { Decoder, MakeDecoder, Picture } from './decoder';
import type { Gop, GopRun, Placed } from './gops';
import type { Direction, EncodedFrame } from './protocol';
import type { Micros } from '../time/instant';

/** Pictures decoded ahead when playing forward: enough to ride over a hiccup, few enough for a hardware decoder's pool. */
const AHEAD = 6;
/** Pictures kept behind, so that a few steps back cost nothing. */
const BEHIND = 6;
/** Decoded pictures are large (1.4 MB at 720p): going back may hold this much of them per camera. */
const BACKWARD_BYTES = 96 * 1024 * 1024;
/** A GOP that the decoder gave up on so often is left alone. */
const MOST_FAILURES = 2;

/** What the decoder is being fed: a window that slides forward, or the stretch `from` to `to` of one GOP. */
interface Feed {
  gop: Gop;
  /** Next to decode, in decoding order. */
  next: number;
  /** Places of `gop` to keep. */
  from: number;
  readonly to: number;
  flushing: boolean;
}

const SLIDING = Number.POSITIVE_INFINITY;

export interface Taken {
  readonly picture: Picture;
  readonly placed: Placed;
}

/**
 * Decodes the pictures around a position: a sliding window forward, whole stretches backward.
 *
 * A GOP can only be decoded from its key frame on. Going back therefore decodes it once and keeps as many of
 * its last pictures as fit; a GOP that does not fit is decoded again for the stretch before.
 */
export class Pictures {
  private readonly decoder: Decoder;
  private readonly changed: () => void;
  private readonly ready = new Map<EncodedFrame, { readonly picture: Picture; readonly due: Micros }>();
  private readonly stamps = new Map<number, { gop: Gop; frame: EncodedFrame }>();
  private readonly failures = new WeakMap<Gop, number>();
  private run: GopRun | undefined;
  private feed: Feed | undefined;
  private position: Micros = Number.NEGATIVE_INFINITY;
  private stamp = 0;
  private configured: string | undefined;
  private pictureBytes = 1280 * 720 * 1.5;

  constructor(makeDecoder: MakeDecoder, changed: () => void) {
    this.changed = changed;
    this.decoder = makeDecoder({
      picture: (picture) => this.decoded(picture),
      failed: () => this.gaveUp(),
      moved: () => {
        this.pump(false);
        this.changed();
      },
    });
  }

  /**
   * The picture at that place, or undefined while it is being decoded; the caller closes it.
   * Forward and not `exact`, the nearest one before it will do meanwhile, to keep pace.
   */
  take(run: GopRun, gop: Gop, place: number, direction: Direction, exact: boolean): Taken | undefined {
    this.run = run;
    const placed = gop.order[place];
    if (!placed) return undefined;
    this.position = placed.due;
    const picture = this.ready.get(placed.frame)?.picture;
    if (!picture) {
      this.reach(gop, place, direction, exact);
      return !exact && direction === 1 ? this.nearest(gop, place) : undefined;
    }
    if (direction === 1) {
      const oldest = (gop.order[Math.max(0, place - BEHIND)] ?? placed).due;
      this.keepOnly((due) => due >= oldest);
      this.pump(false);
    } else {
      this.keepOnly((due) => due <= placed.due);
      this.prefetch(run, gop, place);
    }
    return { picture: picture.clone(), placed };
  }

  /** The decoder cannot make pictures of this GOP. */
  isBroken(gop: Gop): boolean {
    return (this.failures.get(gop) ?? 0) >= MOST_FAILURES;
  }

  clear(): void {
    this.forgetFeed();
    if (this.configured !== undefined) this.decoder.reset();
    this.keepOnly(() => false);
  }

  close(): void {
    this.clear();
    this.decoder.close();
  }

  private nearest(gop: Gop, place: number): Taken | undefined {
    for (let each = place - 1; each >= Math.max(0, place - AHEAD); each -= 1) {
      const placed = gop.order[each];
      const picture = placed && this.ready.get(placed.frame)?.picture;
      if (placed && picture) return { picture: picture.clone(), placed };
    }
    return undefined;
  }

  /** Makes the decoder work towards a picture that is not there yet. */
  private reach(gop: Gop, place: number, direction: Direction, exact: boolean): void {
    if (this.isBroken(gop)) return;
    if (!this.isUnderWay(gop, place)) {
      // What is ready lies elsewhere, and would count as decoded ahead.
      this.keepOnly(() => false);
      if (direction === 1) this.start(gop, Math.max(0, place - BEHIND), SLIDING);
      else this.start(gop, Math.max(0, place - this.backwardRoom() + 1), place);
    }
    this.pump(exact);
  }

  private isUnderWay(gop: Gop, place: number): boolean {
    const { feed } = this;
    const placed = gop.order[place];
    if (!feed || !placed) return false;
    const isAhead = feed.gop === gop ? placed.decodeIndex >= feed.next : feed.to === SLIDING && this.run?.after(feed.gop) === gop;
    const isInDecoder = [...this.stamps.values()].some((each) => each.frame === placed.frame);
    // Neither: it came out and was dropped since.
    return feed.gop === gop && (place < feed.from || place > feed.to) ? false : isAhead || isInDecoder;
  }

  private start(gop: Gop, from: number, to: number): void {
    this.stamps.clear();
    if (this.configured === gop.config.codec) this.decoder.reset();
    else this.decoder.configure(gop.config);
    this.configured = gop.config.codec;
    this.feed = { gop, next: 0, from, to, flushing: false };
  }

  private pump(exact: boolean): void {
    const { feed } = this;
    if (!feed || feed.flushing) return;
    if (feed.to === SLIDING) this.slide(feed, exact);
    else this.stretch(feed);
  }

  private slide(feed: Feed, exact: boolean): void {
    while (this.decoder.queued + this.ahead() < AHEAD) {
      const frame = feed.gop.frames[feed.next];
      if (frame) {
        this.decode(feed, frame);
        continue;
      }
      const next = this.run?.after(feed.gop);
      if (!next) break;
      if (next.config.codec !== feed.gop.config.codec) {
        // What the decoder still holds of the old codec comes out first; the next `take` starts with the new one.
        if (this.stamps.size > 0) void this.flush(feed);
        return;
      }
      Object.assign(feed, { gop: next, next: 0, from: 0 });
    }
    // All there is has been fed and the wanted one does not come out: the decoder holds it back for reordering.
    const fedAll = feed.next >= feed.gop.frames.length && this.run?.after(feed.gop) === undefined;
    if (exact && fedAll && this.decoder.queued === 0 && this.stamps.size > 0) void this.flush(feed);
  }

  private stretch(feed: Feed): void {
    const last = Math.max(...feed.gop.order.slice(0, feed.to + 1).map((each) => each.decodeIndex));
    while (feed.next <= last && this.decoder.queued < AHEAD * 2) {
      const frame = feed.gop.frames[feed.next];
      if (!frame) return;
      this.decode(feed, frame);
    }
    if (feed.next > last) void this.flush(feed);
  }

  private async flush(feed: Feed): Promise<void> {
    feed.flushing = true;
    await this.decoder.flush();
    if (this.feed === feed) this.forgetFeed();
    this.changed();
  }

  private decode(feed: Feed, frame: EncodedFrame): void {
    this.stamp += 1;
    this.stamps.set(this.stamp, { gop: feed.gop, frame });
    feed.next += 1;
    this.decoder.decode({ key: frame.key, timestamp: this.stamp, data: frame.data });
  }

  private decoded(picture: Picture): void {
    const stamped = this.stamps.get(picture.timestamp);
    this.stamps.delete(picture.timestamp);
    this.pictureBytes = picture.displayWidth * picture.displayHeight * 1.5;
    const due = stamped && this.dueIfWanted(stamped.gop, stamped.frame);
    if (stamped && due !== undefined) {
      this.ready.get(stamped.frame)?.picture.close();
      this.ready.set(stamped.frame, { picture, due });
    } else {
      picture.close();
    }
    this.pump(false);
    this.changed();
  }

  private dueIfWanted(gop: Gop, frame: EncodedFrame): Micros | undefined {
    const { feed } = this;
    if (!feed) return undefined;
    const place = gop.order.findIndex((each) => each.frame === frame);
    const isWanted = gop === feed.gop ? place >= feed.from && place <= feed.to : feed.to === SLIDING;
    return isWanted ? gop.order[place]?.due : undefined;
  }

  private gaveUp(): void {
    const gop = this.feed?.gop;
    if (gop) this.failures.set(gop, (this.failures.get(gop) ?? 0) + 1);
    this.forgetFeed();
    this.changed();
  }

  /** How many decoded pictures lie beyond the position. */
  private ahead(): number {
    let count = 0;
    for (const { due } of this.ready.values()) if (due > this.position) count += 1;
    return count;
  }

  private keepOnly(wanted: (due: Micros) => boolean): void {
    for (const [frame, { picture, due }] of this.ready) {
      if (wanted(due)) continue;
      picture.close();
      this.ready.delete(frame);
    }
  }

  /** Going back: the stretch before the one at hand is decoded while that is shown. */
  private prefetch(run: GopRun, gop: Gop, place: number): void {
    if (this.feed) {
      this.pump(false);
      return;
    }
    let low = place;
    while (low > 0 && this.isReady(gop, low - 1)) low -= 1;
    if (low > 0) {
      this.start(gop, Math.max(0, low - this.backwardRoom()), low - 1);
    } else {
      const before = run.before(gop);
      const to = (before?.order.length ?? 0) - 1;
      if (!before || this.isReady(before, to) || this.isBroken(before)) return;
      this.start(before, Math.max(0, to - this.backwardRoom() + 1), to);
    }
    this.pump(false);
  }

  private isReady(gop: Gop, place: number): boolean {
    const placed = gop.order[place];
    return placed !== undefined && this.ready.has(placed.frame);
  }

  /** Half of what may be held: one stretch is shown while the one before it is decoded. */
  private backwardRoom(): number {
    return Math.max(AHEAD, Math.floor(BACKWARD_BYTES / 2 / this.pictureBytes));
  }

  private forgetFeed(): void {
    this.feed = undefined;
    this.stamps.clear();
  }
}
