import type { Problem } from '../api/model';
import type { Micros } from '../time/instant';
import type { Channel, ChannelListener, MediaConnection } from './connection';
import { hindranceFor, type Hindrance, type MakeDecoder, type Picture, type VideoConfig } from './decoder';
import { GopRun, isWithheld, type Gap } from './gops';
import { Pictures } from './pictures';
import type { ChannelMessage, Direction, EncodedFrame, Frames } from './protocol';
import type { Shown } from './screen';

export type PlaybackPhase = 'opening' | 'seeking' | 'picture' | 'gap' | 'nothing' | 'lost' | 'closed' | 'unsupported' | 'damaged';

export interface PlaybackStatus {
  readonly phase: PlaybackPhase;
  readonly gap: Gap | undefined;
  readonly problem: Problem | undefined;
  readonly hindrance: Hindrance | undefined;
  readonly config: { codec: string; width: number | undefined; height: number | undefined } | undefined;
  readonly shownWallTime: Micros | undefined;
}

/** May the clock stand at a time, as far as this camera is concerned? */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'edge' }
  /** This camera cannot be shown at all and never holds the others up. */
  | { readonly kind: 'out' };

/** What the clock will need of a camera. */
export interface Need {
  /** Undefined: whichever way it runs already. */
  readonly direction: Direction | undefined;
  readonly rate: number;
  readonly frames: Frames;
  readonly scrubbing: boolean;
}

/** What was asked and approved: its id, and from when on it shows. */
export interface Approved {
  readonly id: string;
  readonly from: Micros | undefined;
}

export interface ChannelPartners {
  readonly makeDecoder: MakeDecoder;
  readonly show: (picture: Picture, shown: Shown) => void;
  readonly clear: () => void;
  /** Data, pictures or words have changed: the session looks again. */
  readonly changed: () => void;
  readonly nowMillis: () => number;
  /** By whose yes the look is, if it is by another's. Opening the channel uses it up. */
  readonly approved: Approved | undefined;
}

/** Bytes asked for at once, and how few may be left under way before more are asked for. */
const CREDIT = 1_048_576;
const LITTLE_CREDIT = 262_144;
/** A scrub wants one key frame; this lets one of any camera through. */
const SCRUB_CREDIT = 65_536;
const MOST_BYTES = 32 * 1024 * 1024;
const AHEAD_SECONDS = 4;
/** The clock may be this far (at life's pace) beyond what has come, and still wait for it. */
const SLACK: Micros = 2_000_000;
/** A scrub that is not answered so long is asked anew. */
const SCRUB_PATIENCE_MILLIS = 400;
/** Asking the growing end for more, at most so often. */
const FOLLOW_MILLIS = 1_000;
const FOLLOW_LEAD: Micros = 1_500_000;

/** One camera in playback: asks for what the clock will need, and shows exactly the picture of the clock's time. */
export class PlaybackChannel implements ChannelListener {
  readonly camera: string;
  private readonly partners: ChannelPartners;
  private readonly channel: Channel;
  private readonly pictures: Pictures;
  /** From when on pictures may be shown, as far as it is known. */
  private opensAt: Micros;
  private run: GopRun;
  private config: VideoConfig | undefined;
  private granted = false;
  private seq = -1;
  private direction: Direction = 1;
  private askedFrom: Micros | undefined;
  private credit = 0;
  private followedAt = 0;
  private followedFrom: Micros | undefined;
  private askedAt = 0;
  private stale = false;
  private shown: EncodedFrame | undefined;
  private turn = 0;
  private current: PlaybackStatus = {
    phase: 'opening',
    gap: undefined,
    problem: undefined,
    hindrance: undefined,
    config: undefined,
    shownWallTime: undefined,
  };

  constructor(connection: MediaConnection, camera: string, partners: ChannelPartners) {
    this.camera = camera;
    this.partners = partners;
    this.pictures = new Pictures(partners.makeDecoder, partners.changed);
    const { approved } = partners;
    this.opensAt = approved?.from ?? Number.NEGATIVE_INFINITY;
    this.run = new GopRun('all', this.opensAt);
    this.channel = connection.open({ type: 'playback', camera, stream: 'record', ...(approved && { approval: approved.id }) }, this);
  }

  get status(): PlaybackStatus {
    return this.current;
  }

  close(): void {
    this.channel.close();
    this.pictures.close();
    this.partners.clear();
  }

  // ---- what the session asks -------------------------------------------------------------------

  /** Sees to it that what the clock needs around `at` is there or on its way. */
  need(at: Micros, need: Need): void {
    if (!this.granted) return;
    if (need.scrubbing && this.isAwaitingScrub()) return;
    const pace = Math.max(1, Math.abs(need.rate));
    if (this.run.frames !== need.frames || !this.reaches(at, need.scrubbing ? 0 : SLACK * pace)) {
      this.run = new GopRun(need.frames, this.opensAt);
      this.pictures.clear();
      this.shown = undefined;
      this.ask(at, need.direction ?? 1, need.scrubbing ? SCRUB_CREDIT : CREDIT);
    } else if (need.direction !== undefined && need.direction !== this.direction && !need.scrubbing) {
      this.extend(need.direction, at);
    } else if (!need.scrubbing) {
      this.keepCredit(at, need.rate, pace);
    }
    this.stale = false;
    this.run.shrink(MOST_BYTES, at);
  }

  readiness(at: Micros, rate: number): Readiness {
    const { phase } = this.current;
    if (phase === 'closed' || phase === 'unsupported') return { kind: 'out' };
    if (!this.granted) return { kind: 'waiting' };
    const found = this.run.find(at);
    switch (found.kind) {
      case 'gap':
        return found;
      case 'edge':
        return { kind: 'edge' };
      case 'unknown':
        return { kind: 'waiting' };
      case 'picture':
        if (rate > 0 && this.run.isEnded(1) && at >= (this.run.last?.end ?? 0) && this.run.last === found.gop) return { kind: 'edge' };
        return found.certain ? { kind: 'ready' } : { kind: 'waiting' };
    }
  }

  /** Shows the picture of that time. True when it is exactly that, or when there is none to show. */
  present(at: Micros, rate: number, exact: boolean): boolean {
    const { phase } = this.current;
    if (phase === 'closed' || phase === 'unsupported') return true;
    if (phase === 'lost' || phase === 'opening') return false;
    const found = this.run.find(at);
    if (found.kind === 'gap' || found.kind === 'edge') {
      this.blank(found.kind === 'gap' ? 'gap' : 'nothing', found.kind === 'gap' ? found.gap : undefined);
      return true;
    }
    if (found.kind === 'unknown' || (exact && !found.certain)) {
      if (phase !== 'picture') this.become({ phase: 'seeking' });
      return false;
    }
    const wanted = found.gop.order[found.place]?.frame;
    if (wanted && wanted === this.shown) return true;
    if (this.pictures.isBroken(found.gop)) {
      this.blank('damaged', undefined);
      return true;
    }
    const taken = this.pictures.take(this.run, found.gop, found.place, rate < 0 ? -1 : 1, exact || rate < 0);
    if (!taken) return false;
    if (taken.placed.frame === this.shown) {
      taken.picture.close();
      return false;
    }
    this.shown = taken.placed.frame;
    // The time it is due: with B-frames a picture's own arrival may lie after that of one shown later.
    const { frame, due } = taken.placed;
    this.partners.show(taken.picture, { wallTime: due, mediaTime: frame.mediaTime });
    this.become({ phase: 'picture', gap: undefined, shownWallTime: due });
    return taken.placed.frame === wanted;
  }

  /** When the picture after or before the one of `at` is due; undefined while that is not known. */
  neighbour(at: Micros, direction: Direction): Micros | 'edge' | undefined {
    const found = this.run.find(at);
    if (found.kind === 'gap') return direction === 1 ? found.gap.end : found.gap.start - 1;
    if (found.kind !== 'picture' || !found.certain) return found.kind === 'edge' ? 'edge' : undefined;
    const within = found.gop.order[found.place + direction];
    if (within && within.due < this.opensAt) return 'edge';
    if (within) return direction === 1 && !found.gop.complete && found.place + 1 >= found.gop.order.length - found.gop.reorderDepth ? undefined : within.due;
    const other = direction === 1 ? this.run.after(found.gop) : this.run.before(found.gop);
    if (other && other.end < this.opensAt) return 'edge';
    if (other) return direction === 1 ? other.start : other.end;
    return this.run.isEnded(direction) ? 'edge' : undefined;
  }

  /** The newest picture that there is, or the oldest. */
  edge(direction: Direction): Micros | undefined {
    const { first, last } = this.run;
    return direction === 1 ? last?.end : first && Math.max(first.start, this.opensAt);
  }

  /** Playing near the growing end: asks whether it has grown, before the clock gets there. */
  follow(at: Micros): void {
    const end = this.run.last?.end;
    if (!this.run.isEnded(1) || this.direction !== 1 || end === undefined || end - at > FOLLOW_LEAD) return;
    const now = this.partners.nowMillis();
    if (now - this.followedAt < FOLLOW_MILLIS || this.followedFrom === end) return;
    this.followedAt = now;
    this.followedFrom = end;
    this.run.goOn();
    this.credit += CREDIT;
    this.channel.send({ type: 'more', seq: this.seq, credit: CREDIT });
  }

  /** A person asks: what was the end a while ago need not be it now. */
  askAgain(): void {
    this.followedFrom = undefined;
    this.stale = true;
  }

  // ---- what the connection tells ---------------------------------------------------------------

  opened(): void {
    this.granted = false;
    this.askedFrom = undefined;
    this.become({ phase: 'opening' });
  }

  lost(): void {
    this.granted = false;
    this.run = new GopRun(this.run.frames, this.opensAt);
    this.pictures.clear();
    this.blank('lost', undefined);
  }

  message(message: ChannelMessage): void {
    switch (message.type) {
      case 'channel':
        this.granted = true;
        this.become({ phase: 'seeking', problem: undefined });
        break;
      case 'config':
        void this.configure(message.codec, message.width, message.height);
        break;
      case 'gap':
        if (isWithheld(message.cause)) this.showFrom(message.end);
        if (message.seq === this.seq) this.run.crossed({ start: message.start, end: message.end, cause: message.cause, askable: message.askable });
        break;
      case 'end':
        if (message.seq === this.seq) this.run.end();
        break;
      case 'closed':
        this.granted = false;
        this.become({ problem: message.problem });
        this.blank('closed', undefined);
        break;
      case 'state':
      case 'skipped':
        break;
    }
    this.partners.changed();
  }

  frame(frame: EncodedFrame): void {
    if (frame.seq !== this.seq || !this.config) return;
    this.credit -= frame.cost;
    this.run.accept(frame, this.config);
    this.partners.changed();
  }

  // ---- asking ----------------------------------------------------------------------------------

  /** Is `at` in what is held, or will it be once what was asked for has come? */
  private reaches(at: Micros, slack: Micros): boolean {
    if (this.askedFrom === at && !this.stale) return true;
    const { first, last } = this.run;
    if (!first || !last) return this.askedFrom !== undefined && Math.abs(at - this.askedFrom) <= slack;
    if (at > last.end && this.run.isEnded(1)) return !this.stale;
    if (this.run.find(at).kind === 'gap') return true;
    // What comes to be decoded only is held, but nothing was said about why it is not shown.
    if (at < this.opensAt && !this.run.isEnded(-1)) return this.askedFrom === at;
    const below = this.direction === -1 ? slack : 0;
    const above = this.direction === 1 ? slack : 0;
    return at >= first.start - below && at <= Math.max(last.end, this.direction === -1 ? (this.askedFrom ?? 0) : 0) + above;
  }

  private isAwaitingScrub(): boolean {
    const awaiting = this.run.frames === 'keys' && this.run.first === undefined && !this.run.isEnded(1) && this.askedFrom !== undefined;
    return awaiting && this.partners.nowMillis() - this.askedAt < SCRUB_PATIENCE_MILLIS;
  }

  private ask(from: Micros, direction: Direction, credit: number): void {
    this.seq = (this.seq + 1) % 65_536;
    this.direction = direction;
    this.askedFrom = from;
    this.askedAt = this.partners.nowMillis();
    this.credit = credit;
    this.run.begin(direction, from);
    this.channel.send({ type: 'play', seq: this.seq, from, direction, frames: this.run.frames, credit });
  }

  /** Goes on from the edge of what is held. Forward, the last GOP is sent again: it may have been cut off. */
  private extend(direction: Direction, at: Micros): void {
    const { first, last } = this.run;
    if (!first || !last) this.ask(at, direction, CREDIT);
    else this.ask(direction === 1 ? last.start : first.start - 1, direction, CREDIT);
  }

  private keepCredit(at: Micros, rate: number, pace: number): void {
    if (this.run.isEnded(this.direction) || this.credit > LITTLE_CREDIT) return;
    const { first, last } = this.run;
    const ahead = this.direction === 1 ? (last?.end ?? at) - at : at - (first?.start ?? at);
    const wanted = (rate === 0 ? AHEAD_SECONDS / 2 : AHEAD_SECONDS) * 1_000_000 * pace;
    if (ahead > wanted || this.run.bytes > MOST_BYTES) return;
    this.credit += CREDIT;
    this.channel.send({ type: 'more', seq: this.seq, credit: CREDIT });
  }

  private showFrom(at: Micros): void {
    this.opensAt = Math.max(this.opensAt, at);
    this.run.showFrom(this.opensAt);
  }

  // ---- telling ---------------------------------------------------------------------------------

  private async configure(codec: string, width: number | undefined, height: number | undefined): Promise<void> {
    this.config = { codec };
    const turn = (this.turn += 1);
    this.become({ config: { codec, width, height } });
    const hindrance = await hindranceFor(codec);
    if (turn !== this.turn || !hindrance) return;
    this.become({ hindrance });
    this.blank('unsupported', undefined);
  }

  private blank(phase: PlaybackPhase, gap: Gap | undefined): void {
    const { gap: told } = this.current;
    if (this.current.phase === phase && told?.start === gap?.start && told?.end === gap?.end && this.shown === undefined) return;
    this.shown = undefined;
    this.partners.clear();
    this.become({ phase, gap, shownWallTime: undefined });
  }

  private become(change: Partial<PlaybackStatus>): void {
    const next = { ...this.current, ...change };
    const names = Object.keys(change) as (keyof PlaybackStatus)[];
    if (names.every((name) => next[name] === this.current[name])) return;
    this.current = next;
    this.partners.changed();
  }
}
