/** The browser's decoder behind a small face, so that the players can be tested without one. */

export interface Picture {
  readonly timestamp: number;
  readonly displayWidth: number;
  readonly displayHeight: number;
  /** The same pixels under a second handle; both want closing. */
  clone(): Picture;
  close(): void;
}

export interface VideoConfig {
  /** RFC 6381, such as avc1.64001F. */
  readonly codec: string;
}

export interface Chunk {
  readonly key: boolean;
  /** Comes back in the picture; the decoder does not interpret it. */
  readonly timestamp: number;
  readonly data: Uint8Array;
}

export interface DecoderEvents {
  picture(picture: Picture): void;
  /** The decoder gave up; it must be configured again and needs a key frame. */
  failed(): void;
  /** Something that was queued went into the decoder. */
  moved(): void;
}

export interface Decoder {
  readonly queued: number;
  configure(config: VideoConfig): void;
  decode(chunk: Chunk): void;
  /** Gives out what the decoder holds back; afterwards it needs a key frame. False if it was cut short. */
  flush(): Promise<boolean>;
  /** Forgets everything that is queued; needs a key frame and keeps its configuration. */
  reset(): void;
  close(): void;
}

export type MakeDecoder = (events: DecoderEvents) => Decoder;

/** Annex B without a description: parameter sets lie in front of every key frame (docs/api.md). */
export class WebCodecsDecoder implements Decoder {
  private readonly events: DecoderEvents;
  private decoder: VideoDecoder | undefined;
  private config: VideoConfig | undefined;

  constructor(events: DecoderEvents) {
    this.events = events;
  }

  get queued(): number {
    return this.decoder?.decodeQueueSize ?? 0;
  }

  configure(config: VideoConfig): void {
    this.config = config;
    if (!this.decoder || this.decoder.state === 'closed') this.decoder = this.make();
    this.decoder.configure({ codec: config.codec, optimizeForLatency: true, hardwareAcceleration: 'no-preference' });
  }

  decode(chunk: Chunk): void {
    if (this.decoder?.state !== 'configured') return;
    this.decoder.decode(new EncodedVideoChunk({ type: chunk.key ? 'key' : 'delta', timestamp: chunk.timestamp, data: chunk.data }));
  }

  async flush(): Promise<boolean> {
    try {
      await this.decoder?.flush();
      return true;
    } catch {
      return false;
    }
  }

  reset(): void {
    if (!this.decoder || this.decoder.state === 'closed' || !this.config) return;
    this.decoder.reset();
    this.configure(this.config);
  }

  close(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close();
    this.decoder = undefined;
  }

  private make(): VideoDecoder {
    const decoder = new VideoDecoder({
      output: (picture) => {
        if (this.decoder === decoder) this.events.picture(picture);
        else picture.close();
      },
      error: () => {
        if (this.decoder !== decoder) return;
        this.decoder = undefined;
        if (this.config) this.configure(this.config);
        this.events.failed();
      },
    });
    decoder.addEventListener('dequeue', () => this.events.moved());
    return decoder;
  }
}

/** Each chunk is a whole JPEG image (docs/api.md): no picture leans on another, and none has to wait for a key frame. */
export class ImagesDecoder implements Decoder {
  private readonly events: DecoderEvents;
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  /** What was queued before a reset is not shown after it. */
  private round = 0;

  constructor(events: DecoderEvents) {
    this.events = events;
  }

  get queued(): number {
    return this.waiting;
  }

  configure(): void {
    // An image says itself what it needs.
  }

  decode(chunk: Chunk): void {
    const round = this.round;
    this.waiting++;
    const image = createImageBitmap(new Blob([new Uint8Array(chunk.data)], { type: 'image/jpeg' })).catch(() => undefined);
    this.last = this.last.then(async () => {
      const bitmap = await image;
      if (round !== this.round) {
        bitmap?.close();
        return;
      }
      this.waiting--;
      // One that was cut short on the way may not open; the next one owes it nothing.
      if (bitmap) {
        try {
          this.events.picture(new VideoFrame(bitmap, { timestamp: chunk.timestamp }));
        } catch {
          // A picture that cannot be made or shown holds up none that follow.
        } finally {
          bitmap.close();
        }
      }
      this.events.moved();
    });
  }

  async flush(): Promise<boolean> {
    const round = this.round;
    await this.last;
    return round === this.round;
  }

  reset(): void {
    this.round++;
    this.waiting = 0;
  }

  close(): void {
    this.reset();
  }
}

/** The decoder for whatever a camera sends; it may change from one to the other. */
export class BrowserDecoder implements Decoder {
  private readonly video: WebCodecsDecoder;
  private readonly images: ImagesDecoder;
  private current: Decoder;

  constructor(events: DecoderEvents) {
    this.video = new WebCodecsDecoder(events);
    this.images = new ImagesDecoder(events);
    this.current = this.video;
  }

  get queued(): number {
    return this.current.queued;
  }

  configure(config: VideoConfig): void {
    const next = isImages(config.codec) ? this.images : this.video;
    if (next !== this.current) this.current.close();
    this.current = next;
    next.configure(config);
  }

  decode(chunk: Chunk): void {
    this.current.decode(chunk);
  }

  flush(): Promise<boolean> {
    return this.current.flush();
  }

  reset(): void {
    this.current.reset();
  }

  close(): void {
    this.video.close();
    this.images.close();
  }
}

function isImages(codec: string): boolean {
  return codec === 'mjpeg';
}

/** What keeps this browser from showing a camera. */
export type Hindrance = 'no-webcodecs' | 'codec';

const answers = new Map<string, Promise<boolean>>();

/** Asks once per codec whether this browser can decode it. */
export async function hindranceFor(codec: string): Promise<Hindrance | undefined> {
  if (!('VideoDecoder' in globalThis)) return 'no-webcodecs';
  if (isImages(codec)) return undefined;
  let answer = answers.get(codec);
  if (!answer) {
    answer = VideoDecoder.isConfigSupported({ codec, optimizeForLatency: true }).then(
      (support) => support.supported === true,
      () => false,
    );
    answers.set(codec, answer);
  }
  return (await answer) ? undefined : 'codec';
}

/** H.264, H.265 or MJPEG for people, from the RFC 6381 name. */
export function codecName(codec: string): string {
  if (/^(avc1|avc3|h264)/i.test(codec)) return 'H.264';
  if (/^(hvc1|hev1|h265|hevc)/i.test(codec)) return 'H.265';
  if (isImages(codec)) return 'MJPEG';
  return codec;
}
