import type { Micros } from '../time/instant';
import type { MediaConnection } from './connection';
import type { MakeDecoder, Picture } from './decoder';
import { PlaybackChannel, type Approved, type PlaybackStatus } from './playback-channel';
import type { Direction, Frames } from './protocol';
import type { Shown } from './screen';

/** Something that the clock did by itself and that is said to the person. */
export type Notice =
  | { readonly kind: 'gap'; readonly start: Micros; readonly end: Micros; readonly cause: string }
  | { readonly kind: 'newest' | 'oldest' };

export interface PlaybackSnapshot {
  readonly position: Micros;
  readonly rate: number;
  readonly playing: boolean;
  readonly scrubbing: boolean;
  /** The clock stands because pictures are on their way. */
  readonly waiting: boolean;
  readonly notice: Notice | undefined;
  readonly tiles: Readonly<Record<string, PlaybackStatus>>;
}

export interface Stage {
  readonly show: (picture: Picture, shown: Shown) => void;
  readonly clear: () => void;
}

export interface PlaybackPartners {
  readonly connection: MediaConnection;
  readonly makeDecoder: MakeDecoder;
  readonly nowMillis: () => number;
  /** Calls back before the next repaint. */
  readonly nextFrame: (callback: () => void) => number;
  /** What was asked and approved, if the look is by another's yes. */
  readonly approved?: Approved | undefined;
}

/** From this speed on, and backward faster than life, only key frames are asked for. */
const KEYS_FROM = 4;
const SCRUB_EVERY_MILLIS = 120;
/** A stalled page must not leap: no step of the clock is longer than this. */
const LONGEST_STEP_MILLIS = 250;
const WAITING_SHOWN_AFTER_MILLIS = 300;

export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

export function framesFor(rate: number): Frames {
  return Math.abs(rate) >= KEYS_FROM || rate < -1 ? 'keys' : 'all';
}

/**
 * Several cameras on one clock. The clock is ours: it moves by the page's own time, stands while a camera's
 * pictures are on their way, and leaps over what no camera has.
 */
export class PlaybackSession {
  private readonly partners: PlaybackPartners;
  private readonly channels = new Map<string, PlaybackChannel>();
  private readonly watchers = new Set<() => void>();
  private position: Micros;
  private rate = 1;
  private playing = false;
  private scrubbing = false;
  private scrubbedAt = 0;
  private pendingScrub: Micros | undefined;
  private settled = false;
  private pendingStep: { camera: string; direction: Direction } | undefined;
  private waitingSince: number | undefined;
  private notice: Notice | undefined;
  private tickedAt: number | undefined;
  private scheduled = false;
  private ended = false;
  private loop: { start: Micros; end: Micros } | undefined;
  private snapshotNow: PlaybackSnapshot;

  constructor(position: Micros, partners: PlaybackPartners) {
    this.position = position;
    this.partners = partners;
    this.snapshotNow = this.makeSnapshot();
  }

  get snapshot(): PlaybackSnapshot {
    return this.snapshotNow;
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  add(camera: string, stage: Stage): () => void {
    const channel = new PlaybackChannel(this.partners.connection, camera, {
      makeDecoder: this.partners.makeDecoder,
      show: stage.show,
      clear: stage.clear,
      changed: () => this.schedule(),
      nowMillis: this.partners.nowMillis,
      approved: this.partners.approved,
    });
    this.channels.set(camera, channel);
    this.settled = false;
    this.schedule();
    return () => {
      channel.close();
      if (this.channels.get(camera) === channel) this.channels.delete(camera);
      this.schedule();
    };
  }

  play(rate = this.rate): void {
    this.rate = rate;
    this.playing = true;
    this.pendingStep = undefined;
    this.notice = undefined;
    for (const channel of this.channels.values()) channel.askAgain();
    this.tickedAt = undefined;
    this.schedule();
  }

  pause(): void {
    this.playing = false;
    this.settled = false;
    this.schedule();
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.tickedAt = undefined;
    this.schedule();
  }

  setLoop(loop: { start: Micros; end: Micros } | undefined): void {
    this.loop = loop;
  }

  seek(at: Micros): void {
    this.position = Math.round(at);
    this.scrubbing = false;
    this.pendingScrub = undefined;
    this.pendingStep = undefined;
    this.settled = false;
    this.notice = undefined;
    this.tickedAt = undefined;
    for (const channel of this.channels.values()) channel.askAgain();
    this.schedule();
  }

  /** While a finger is down: key frames, a few times a second. `seek` ends it on the exact picture. */
  scrub(at: Micros): void {
    this.playing = false;
    this.scrubbing = true;
    this.pendingScrub = Math.round(at);
    this.notice = undefined;
    this.schedule();
  }

  /** One picture of that camera forward or back; the others follow the clock. */
  step(camera: string, direction: Direction): void {
    this.playing = false;
    this.scrubbing = false;
    this.notice = undefined;
    this.pendingStep = { camera, direction };
    this.schedule();
  }

  close(): void {
    this.ended = true;
    for (const channel of this.channels.values()) channel.close();
    this.channels.clear();
    this.watchers.clear();
  }

  /** Public for tests: one turn of the clock. */
  tick(): void {
    const now = this.partners.nowMillis();
    const elapsed = Math.min(now - (this.tickedAt ?? now), LONGEST_STEP_MILLIS);
    this.tickedAt = now;
    if (this.scrubbing) this.turnScrub(now);
    else if (this.playing) this.turnPlaying(elapsed);
    else this.turnPaused();
    this.publish(now);
    if (this.playing || this.pendingScrub !== undefined) this.schedule();
  }

  private turnScrub(now: number): void {
    if (this.pendingScrub !== undefined && now - this.scrubbedAt >= SCRUB_EVERY_MILLIS) {
      this.position = this.pendingScrub;
      this.pendingScrub = undefined;
      this.scrubbedAt = now;
      for (const channel of this.channels.values()) channel.need(this.position, { direction: 1, rate: 1, frames: 'keys', scrubbing: true });
    }
    for (const channel of this.channels.values()) channel.present(this.position, 1, false);
  }

  private turnPaused(): void {
    const step = this.pendingStep;
    if (step) this.tryStep(step);
    const direction = this.pendingStep?.direction;
    for (const channel of this.channels.values()) channel.need(this.position, { direction, rate: 0, frames: 'all', scrubbing: false });
    this.settled = this.presentAll(this.position, step?.direction ?? 1, true) && this.pendingStep === undefined;
  }

  private tryStep(step: { camera: string; direction: Direction }): void {
    const channel = this.channels.get(step.camera) ?? this.channels.values().next().value;
    const next = channel?.neighbour(this.position, step.direction);
    if (next === undefined) return;
    this.pendingStep = undefined;
    if (next === 'edge') this.notice = { kind: step.direction === 1 ? 'newest' : 'oldest' };
    else this.position = next;
  }

  private turnPlaying(elapsed: number): void {
    const { rate } = this;
    const frames = framesFor(rate);
    for (const channel of this.channels.values()) {
      channel.need(this.position, { direction: rate < 0 ? -1 : 1, rate, frames, scrubbing: false });
      if (rate > 0 && rate < KEYS_FROM) channel.follow(this.position);
    }
    if (!this.settled) {
      this.settled = this.presentAll(this.position, rate, true);
      if (!this.settled) return;
    }
    let next = this.position + rate * elapsed * 1000;
    if (this.loop && (next > this.loop.end || next < this.loop.start)) {
      this.position = rate > 0 ? this.loop.start : this.loop.end;
      this.settled = false;
      return;
    }
    const answers = [...this.channels.values()].map((channel) => channel.readiness(next, rate)).filter((each) => each.kind !== 'out');
    if (answers.length === 0) {
      this.playing = false;
      return;
    }
    if (answers.some((each) => each.kind === 'waiting')) {
      this.presentAll(this.position, rate, false);
      return;
    }
    if (answers.every((each) => each.kind === 'edge')) {
      this.stopAtEdge(next, rate);
      return;
    }
    next = this.leap(next, answers) ?? next;
    // Backward every picture is shown, so the clock waits for each; forward it keeps its pace.
    const shown = this.presentAll(next, rate, false);
    if (rate < 0 && !shown) return;
    this.position = next;
  }

  /** Over a stretch that no camera has. */
  private leap(next: Micros, answers: readonly ReturnType<PlaybackChannel['readiness']>[]): Micros | undefined {
    const gaps = answers.flatMap((each) => (each.kind === 'gap' ? [each.gap] : []));
    const others = answers.filter((each) => each.kind === 'ready');
    if (gaps.length === 0 || others.length > 0) return undefined;
    const forward = this.rate > 0;
    const nearest = gaps.toSorted((a, b) => (forward ? a.end - b.end : b.start - a.start))[0];
    if (!nearest) return undefined;
    this.notice = { kind: 'gap', ...nearest };
    this.settled = false;
    return forward ? Math.max(next, nearest.end) : Math.min(next, nearest.start - 1);
  }

  private stopAtEdge(next: Micros, rate: number): void {
    const direction: Direction = rate > 0 ? 1 : -1;
    const edges = [...this.channels.values()].flatMap((channel) => channel.edge(direction) ?? []);
    if (edges.length > 0) this.position = direction === 1 ? Math.min(next, Math.max(...edges)) : Math.max(next, Math.min(...edges));
    this.playing = false;
    this.settled = false;
    this.schedule();
    this.notice = { kind: rate > 0 ? 'newest' : 'oldest' };
  }

  private presentAll(at: Micros, rate: number, exact: boolean): boolean {
    let all = true;
    for (const channel of this.channels.values()) if (!channel.present(at, rate, exact)) all = false;
    return all;
  }

  private schedule(): void {
    if (this.scheduled || this.ended) return;
    this.scheduled = true;
    this.partners.nextFrame(() => {
      this.scheduled = false;
      if (!this.ended) this.tick();
    });
  }

  private publish(now: number): void {
    const standing = !this.settled && !this.scrubbing && this.channels.size > 0;
    this.waitingSince = standing ? (this.waitingSince ?? now) : undefined;
    const next = this.makeSnapshot(now);
    if (same(next, this.snapshotNow)) return;
    this.snapshotNow = next;
    for (const watcher of this.watchers) watcher();
  }

  private makeSnapshot(now = 0): PlaybackSnapshot {
    return {
      position: this.position,
      rate: this.rate,
      playing: this.playing,
      scrubbing: this.scrubbing,
      waiting: this.waitingSince !== undefined && now - this.waitingSince > WAITING_SHOWN_AFTER_MILLIS,
      notice: this.notice,
      tiles: Object.fromEntries([...this.channels].map(([camera, channel]) => [camera, channel.status])),
    };
  }
}

function same(a: PlaybackSnapshot, b: PlaybackSnapshot): boolean {
  const cameras = Object.keys(a.tiles);
  return (
    a.position === b.position &&
    a.rate === b.rate &&
    a.playing === b.playing &&
    a.scrubbing === b.scrubbing &&
    a.waiting === b.waiting &&
    a.notice === b.notice &&
    cameras.length === Object.keys(b.tiles).length &&
    cameras.every((camera) => a.tiles[camera] === b.tiles[camera])
  );
}
