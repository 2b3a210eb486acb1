import type { Channel, ChannelListener, ChannelOrder, ChannelRequest } from './connection';
import type { Gap } from './gops';
import { frameAt } from './testing';

const FRAME = 40_000;

interface Play {
  readonly seq: number;
  readonly from: number;
  readonly direction: 1 | -1;
  readonly frames: 'all' | 'keys';
  credit: number;
  next: number;
  gop: number;
  ended: boolean;
}

interface Line {
  readonly listener: ChannelListener;
  play: Play | undefined;
}

/** Plays the server's part of docs/api.md for frames `oldest` to `newest`; in tests of the players. */
export class FakeServer {
  readonly asked: ChannelOrder[] = [];
  readonly gop: number;
  readonly oldest: number;
  newest: number;
  gaps: Gap[] = [];
  reorder = false;
  /** What lies before is not shown to this person; the GOP that reaches into it comes whole, to be decoded. */
  opensAt = Number.NEGATIVE_INFINITY;
  private readonly lines = new Map<number, Line>();

  constructor({ oldest = 0, newest = 499, gop = 10 } = {}) {
    this.oldest = oldest;
    this.newest = newest;
    this.gop = gop;
  }

  /** The face of MediaConnection that the players use. */
  open(request: ChannelRequest, listener: ChannelListener): Channel {
    const number = this.lines.size + 1;
    const line: Line = { listener, play: undefined };
    this.lines.set(number, line);
    queueMicrotask(() => {
      listener.opened();
      listener.message({ type: 'channel', channel: number, camera: request.camera, stream: 0, mode: request.type });
      listener.message({ type: 'config', channel: number, codec: 'avc1.64001F', width: 320, height: 180 });
    });
    return {
      number,
      send: (order) => {
        this.asked.push(order);
        if (order.type === 'more') {
          if (line.play?.seq === order.seq) Object.assign(line.play, { credit: line.play.credit + order.credit, ended: false });
          return;
        }
        if (order.direction === 1 && order.from < this.opensAt) {
          listener.message({ type: 'gap', channel: number, seq: order.seq, start: order.from, end: this.opensAt, cause: 'before-given', askable: true });
        }
        const gop = Math.max(this.oldest, Math.floor(Math.max(order.from, this.opensAt) / FRAME / this.gop) * this.gop);
        line.play = { ...order, next: gop, gop, ended: false };
      },
      close: () => this.lines.delete(number),
    };
  }

  /** Sends what credit allows, at most `most` frames per channel. */
  work(most = 20): void {
    for (const [number, line] of this.lines) {
      for (let sent = 0; sent < most && line.play && !line.play.ended && line.play.credit > 0; sent += 1) this.sendOne(number, line, line.play);
    }
  }

  private sendOne(channel: number, { listener }: Line, play: Play): void {
    const isOver = play.direction === 1 ? play.next > this.newest : play.gop < this.oldest || (play.gop + this.gop) * FRAME <= this.opensAt;
    if (isOver) {
      play.ended = true;
      listener.message({ type: 'end', channel, seq: play.seq });
      return;
    }
    const gap = this.gaps.find((each) => play.next * FRAME >= each.start && play.next * FRAME < each.end);
    if (gap) {
      listener.message({ type: 'gap', channel, seq: play.seq, ...gap, askable: gap.askable ?? false });
      play.next = play.direction === 1 ? Math.ceil(gap.end / FRAME / this.gop) * this.gop : Math.floor((gap.start - 1) / FRAME / this.gop) * this.gop;
      play.gop = play.next;
      return;
    }
    const frame = frameAt(play.next, { gop: this.gop, channel, seq: play.seq, reorder: this.reorder });
    play.credit -= frame.cost;
    listener.frame(frame);
    if (play.direction === 1) play.next += play.frames === 'keys' ? this.gop : 1;
    else if (play.frames === 'keys' || play.next + 1 >= play.gop + this.gop || play.next >= this.newest) play.next = play.gop = play.gop - this.gop;
    else play.next += 1;
  }
}
