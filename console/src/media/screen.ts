import type { Micros } from '../time/instant';
import type { Picture } from './decoder';

export interface Shown {
  readonly wallTime: Micros;
  readonly mediaTime: number;
}

/**
 * A canvas and the one picture on it.
 *
 * It keeps that picture open until the next, so that it can be drawn again when the tile changes its size.
 * What it shows can be read from the element: `data-wall-time`, `data-media-time`, `data-shown-frames`.
 */
export class Screen {
  private canvas: HTMLCanvasElement | undefined;
  private picture: Picture | undefined;
  private due: { picture: Picture; shown: Shown } | undefined;
  private request = 0;
  private frames = 0;
  private readonly observer: ResizeObserver;

  constructor() {
    this.observer = new ResizeObserver(() => this.paint());
  }

  attach(canvas: HTMLCanvasElement): void {
    this.canvas = canvas;
    this.observer.observe(canvas);
    this.paint();
  }

  /** Takes the picture over and draws it with the next repaint; what waited for that before is dropped. */
  show(picture: Picture, shown: Shown): void {
    this.due?.picture.close();
    this.due = { picture, shown };
    if (this.request === 0) this.request = requestAnimationFrame(() => this.present());
  }

  /** Black, with no word of what was there: an old picture never looks live. */
  clear(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.due?.picture.close();
    this.due = undefined;
    this.picture?.close();
    this.picture = undefined;
    const { canvas } = this;
    if (!canvas) return;
    canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    delete canvas.dataset['wallTime'];
    delete canvas.dataset['mediaTime'];
  }

  detach(): void {
    this.clear();
    this.observer.disconnect();
    this.canvas = undefined;
  }

  private present(): void {
    this.request = 0;
    const { due } = this;
    if (!due) return;
    this.due = undefined;
    this.picture?.close();
    this.picture = due.picture;
    this.paint();
    this.frames += 1;
    if (!this.canvas) return;
    this.canvas.dataset['wallTime'] = String(due.shown.wallTime);
    this.canvas.dataset['mediaTime'] = String(due.shown.mediaTime);
    this.canvas.dataset['shownFrames'] = String(this.frames);
  }

  private paint(): void {
    const { canvas, picture } = this;
    if (!canvas || !picture) return;
    const [width, height] = this.fit(canvas, picture);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    // A Picture from a real decoder is a VideoFrame; tests draw nothing.
    canvas.getContext('2d', { alpha: false })?.drawImage(picture as unknown as CanvasImageSource, 0, 0, width, height);
  }

  /** Never more pixels than the tile has: painting sixteen tiles at full size costs more than decoding them. */
  private fit(canvas: HTMLCanvasElement, picture: Picture): [width: number, height: number] {
    const ratio = window.devicePixelRatio || 1;
    const room = Math.max(canvas.clientWidth * ratio, 160);
    const scale = Math.min(1, room / picture.displayWidth);
    return [Math.round(picture.displayWidth * scale), Math.round(picture.displayHeight * scale)];
  }
}
