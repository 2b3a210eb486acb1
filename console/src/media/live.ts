import type { Problem, State } from '../api/model';
import type { Micros } from '../time/instant';
import type { Channel, ChannelListener, MediaConnection } from './connection';
import { hindranceFor, type Decoder, type Hindrance, type MakeDecoder, type VideoConfig } from './decoder';
import type { ChannelMessage, EncodedFrame } from './protocol';
import type { Shown } from './screen';
import type { Picture } from './decoder';

/** What a live tile tells. A picture is there only in phase `live`. */
export type LivePhase = 'opening' | 'waiting' | 'live' | 'camera' | 'silent' | 'lost' | 'closed' | 'unsupported';

export interface LiveStatus {
  readonly phase: LivePhase;
  readonly camera: State | undefined;
  readonly config: { codec: string; width: number | undefined; height: number | undefined } | undefined;
  readonly hindrance: Hindrance | undefined;
  readonly problem: Problem | undefined;
  readonly lastWallTime: Micros | undefined;
  /** Frames that were left out because this computer or its network was too slow. */
  readonly skipped: number;
}

export interface LivePartners {
  readonly makeDecoder: MakeDecoder;
  readonly show: (picture: Picture, shown: Shown) => void;
  readonly clear: () => void;
  readonly changed: () => void;
  readonly now: () => Micros;
}

/** More frames than this in the decoder's queue: the computer cannot keep up, and a late picture is worth nothing. */
const LONGEST_QUEUE = 30;
/** No frame for so long: the picture goes, because it would look live and is not. */
export const SILENCE_MICROS = 4_000_000;

/** One camera, live: every frame is decoded as it comes, only the newest is shown. */
export class LivePlayer implements ChannelListener {
  private readonly partners: LivePartners;
  private readonly open: () => Channel;
  private channel: Channel;
  private readonly decoder: Decoder;
  private readonly stamps = new Map<number, Shown>();
  private stamp = 0;
  private needsKey = true;
  private ready = false;
  private configuring = 0;
  private held: EncodedFrame[] = [];
  private current: LiveStatus = {
    phase: 'opening',
    camera: undefined,
    config: undefined,
    hindrance: undefined,
    problem: undefined,
    lastWallTime: undefined,
    skipped: 0,
  };

  constructor(connection: MediaConnection, camera: string, stream: 'record' | 'wall', partners: LivePartners) {
    this.partners = partners;
    this.decoder = partners.makeDecoder({
      picture: (picture) => this.decoded(picture),
      failed: () => {
        this.stamps.clear();
        this.fallBack(1);
      },
      moved: () => {},
    });
    this.open = () => connection.open({ type: 'live', camera, stream }, this);
    this.channel = this.open();
  }

  get status(): LiveStatus {
    return this.current;
  }

  close(): void {
    this.channel.close();
    this.decoder.close();
    this.partners.clear();
  }

  /** Asks once more, after the server closed the channel. */
  again(): void {
    this.channel.close();
    this.channel = this.open();
  }

  /** Once a second: has the picture become old? */
  check(): void {
    const { lastWallTime, phase } = this.current;
    if (phase === 'live' && lastWallTime !== undefined && this.partners.now() - lastWallTime > SILENCE_MICROS) this.blank('silent');
  }

  opened(): void {
    this.restart();
    this.become({ phase: 'opening' });
  }

  lost(): void {
    this.restart();
    this.blank('lost');
  }

  message(message: ChannelMessage): void {
    switch (message.type) {
      case 'channel':
        this.become({ phase: 'waiting', problem: undefined });
        break;
      case 'config':
        void this.configure({ codec: message.codec }, message.width, message.height);
        break;
      case 'state':
        this.cameraIs(message.state);
        break;
      case 'skipped':
        this.fallBack(message.frames);
        break;
      case 'closed':
        this.restart();
        this.become({ problem: message.problem });
        this.blank('closed');
        break;
      case 'gap':
      case 'end':
        break;
    }
  }

  frame(frame: EncodedFrame): void {
    if (!this.ready) {
      // The browser is still being asked about the codec: nothing of the first GOP is lost meanwhile.
      if (frame.key) this.held = [];
      this.held.push(frame);
      return;
    }
    this.feed(frame);
  }

  private feed(frame: EncodedFrame): void {
    if (this.decoder.queued > LONGEST_QUEUE && !frame.key) {
      this.fallBack(1);
      return;
    }
    if (this.needsKey && !frame.key) return;
    this.needsKey = false;
    this.stamp += 1;
    this.stamps.set(this.stamp, { wallTime: frame.wallTime, mediaTime: frame.mediaTime });
    this.decoder.decode({ key: frame.key, timestamp: this.stamp, data: frame.data });
  }

  private decoded(picture: Picture): void {
    const shown = this.stamps.get(picture.timestamp);
    for (const stamp of this.stamps.keys()) if (stamp <= picture.timestamp) this.stamps.delete(stamp);
    if (!shown) {
      picture.close();
      return;
    }
    this.partners.show(picture, shown);
    const first = this.current.phase !== 'live';
    this.current = { ...this.current, phase: 'live', lastWallTime: shown.wallTime };
    if (first) this.partners.changed();
  }

  private async configure(config: VideoConfig, width: number | undefined, height: number | undefined): Promise<void> {
    const turn = (this.configuring += 1);
    this.ready = false;
    this.become({ config: { codec: config.codec, width, height } });
    const hindrance = await hindranceFor(config.codec);
    if (turn !== this.configuring) return;
    this.become({ hindrance });
    if (hindrance) {
      this.held = [];
      this.blank('unsupported');
      return;
    }
    this.decoder.configure(config);
    this.needsKey = true;
    this.ready = true;
    const held = this.held;
    this.held = [];
    for (const frame of held) this.feed(frame);
  }

  private cameraIs(camera: State): void {
    this.become({ camera });
    const { phase } = this.current;
    if (camera.phase === 'streaming') {
      if (phase === 'camera') this.become({ phase: 'waiting' });
    } else if (phase !== 'unsupported') {
      this.blank('camera');
    }
  }

  /** Frames are missing: what follows makes no sense before the next key frame. */
  private fallBack(frames: number): void {
    this.needsKey = true;
    this.become({ skipped: this.current.skipped + frames });
  }

  private restart(): void {
    this.configuring += 1;
    this.ready = false;
    this.needsKey = true;
    this.held = [];
    this.stamps.clear();
  }

  private blank(phase: LivePhase): void {
    this.partners.clear();
    this.become({ phase });
  }

  private become(change: Partial<LiveStatus>): void {
    this.current = { ...this.current, ...change };
    this.partners.changed();
  }
}
