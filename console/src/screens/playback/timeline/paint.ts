import type { Coverage, Gap, Span } from '../../../api/model';
import { DAY, type Micros } from '../../../time/instant';
import type { Zone } from '../../../time/zone';
import type { Interval } from '../address';
import { xOf, type View } from './geometry';
import { ticks } from './ticks';

/** Where things stand on the canvas, in CSS pixels. */
export const OVERVIEW_TOP = 8;
export const OVERVIEW_HEIGHT = 20;
export const RULER_TOP = 34;
export const LANES_TOP = 58;
export const LABELS = 152;
const FOOT = 10;

export interface Lane {
  readonly camera: string;
  readonly name: string;
  readonly note: string;
  readonly selected: boolean;
  readonly coverage: Coverage | undefined;
}

export interface Scene {
  readonly view: View;
  readonly overview: View;
  readonly overviewSpans: readonly Span[];
  readonly lanes: readonly Lane[];
  readonly position: Micros;
  readonly now: Micros;
  readonly interval: Interval | undefined;
  readonly intervalText: string;
  readonly zone: Zone;
  readonly words: { readonly days: string; readonly now: string; readonly due: string };
  readonly width: number;
  readonly height: number;
  readonly labels: number;
}

/** One canvas, colours from the tokens. Drawn whole each time: it takes well under a millisecond. */
export function paint(canvas: HTMLCanvasElement, scene: Scene): void {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.round(scene.width * ratio);
  const high = Math.round(scene.height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext('2d');
  if (!context) return;
  const brush = new Brush(context, getComputedStyle(canvas));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  brush.rect(0, 0, scene.width, scene.height, '--tl-bed');
  paintOverview(brush, scene);
  context.save();
  paintLanes(brush, scene);
  context.beginPath();
  context.rect(scene.labels, 0, scene.width - scene.labels, scene.height);
  context.clip();
  paintRuler(brush, scene);
  paintInterval(brush, scene);
  paintPlayhead(brush, scene);
  context.restore();
  if (scene.labels > 0) brush.rect(scene.labels - 1, 0, 1, scene.height, '--line');
}

class Brush {
  readonly context: CanvasRenderingContext2D;
  private readonly style: CSSStyleDeclaration;

  constructor(context: CanvasRenderingContext2D, style: CSSStyleDeclaration) {
    this.context = context;
    this.style = style;
    context.textBaseline = 'middle';
  }

  colour(token: string): string {
    return this.style.getPropertyValue(token).trim();
  }

  rect(x: number, y: number, width: number, height: number, token: string, alpha = 1): void {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = this.colour(token);
    this.context.fillRect(x, y, width, height);
    this.context.globalAlpha = 1;
  }

  text(text: string, x: number, y: number, token: string, { weight = 400, align = 'left' as CanvasTextAlign, widest = 400 } = {}): void {
    this.context.font = `${weight} 12px ${this.colour('--font') || 'sans-serif'}`;
    this.context.textAlign = align;
    this.context.fillStyle = this.colour(token);
    this.context.fillText(this.shortened(text, widest), x, y);
  }

  width(text: string, weight = 400): number {
    this.context.font = `${weight} 12px ${this.colour('--font') || 'sans-serif'}`;
    return this.context.measureText(text).width;
  }

  private shortened(text: string, widest: number): string {
    if (this.context.measureText(text).width <= widest) return text;
    let short = text;
    while (short.length > 1 && this.context.measureText(`${short}…`).width > widest) short = short.slice(0, -1);
    return `${short}…`;
  }
}

function paintOverview(brush: Brush, scene: Scene): void {
  const { overview, labels, zone } = scene;
  const x = (at: Micros): number => labels + xOf(overview, at);
  if (labels > 0) brush.text(scene.words.days, 12, OVERVIEW_TOP + OVERVIEW_HEIGHT / 2, '--text-2', { weight: 500 });
  brush.rect(labels, OVERVIEW_TOP, overview.width, OVERVIEW_HEIGHT, '--bg-2');
  for (const span of scene.overviewSpans) {
    brush.rect(x(span.start), OVERVIEW_TOP + 6, Math.max(1.5, x(span.end) - x(span.start)), 8, '--tl-rec');
  }
  const each = overview.width > 700 ? 5 : 10;
  let day = zone.startOfDay(overview.to);
  for (let back = 0; back < 30; back += 1, day = zone.startOfDay(day - DAY / 2)) {
    if (back % each !== 0 || back === 0 || day < overview.from) continue;
    brush.rect(x(day), OVERVIEW_TOP, 1, OVERVIEW_HEIGHT, '--line-2');
    brush.text(zone.shortDay(day), x(day) + 5, OVERVIEW_TOP + OVERVIEW_HEIGHT / 2, '--text-2');
  }
  const end = labels + overview.width;
  const wordWidth = brush.width(scene.words.now);
  brush.rect(end - wordWidth - 12, OVERVIEW_TOP, wordWidth + 12, OVERVIEW_HEIGHT, '--bg-2', 0.8);
  brush.text(scene.words.now, end - 6, OVERVIEW_TOP + OVERVIEW_HEIGHT / 2, '--text', { align: 'right' });
  const from = Math.max(labels, x(scene.view.from));
  const to = Math.min(end, x(scene.view.to));
  brush.context.strokeStyle = brush.colour('--accent');
  brush.context.lineWidth = 1.5;
  brush.context.strokeRect(Math.min(from, end - 5), OVERVIEW_TOP + 0.75, Math.max(4, to - from), OVERVIEW_HEIGHT - 1.5);
}

function paintRuler(brush: Brush, scene: Scene): void {
  const bottom = scene.height - FOOT;
  for (const tick of ticks(scene.view, scene.zone)) {
    const x = Math.round(scene.labels + xOf(scene.view, tick.at));
    brush.rect(x, RULER_TOP + 2, 1, tick.strong ? bottom - RULER_TOP - 2 : 18, tick.strong ? '--line-2' : '--line');
    brush.text(tick.label, x + 5, RULER_TOP + 10, tick.strong ? '--text' : '--tl-text', { weight: tick.strong ? 600 : 400 });
  }
}

export function laneHeight(scene: { readonly height: number; readonly lanes: readonly unknown[] }): number {
  return Math.min(64, (scene.height - LANES_TOP - FOOT) / Math.max(1, scene.lanes.length));
}

function paintLanes(brush: Brush, scene: Scene): void {
  const high = laneHeight(scene);
  const { context } = brush;
  scene.lanes.forEach((lane, index) => {
    const top = LANES_TOP + index * high;
    if (lane.selected) brush.rect(0, top, scene.width, high, '--bg-2');
    brush.rect(0, Math.round(top), scene.width, 1, '--line');
    context.save();
    context.beginPath();
    context.rect(scene.labels, top, scene.width - scene.labels, high);
    context.clip();
    paintRecorded(brush, scene, lane, top, high);
    context.restore();
    paintLabel(brush, scene, lane, index, top, high);
  });
  brush.rect(0, LANES_TOP + scene.lanes.length * high, scene.width, 1, '--line');
}

function paintLabel(brush: Brush, scene: Scene, lane: Lane, index: number, top: number, high: number): void {
  if (scene.labels === 0) {
    const width = brush.width(lane.name, 500);
    brush.rect(4, top + 3, width + 8, 17, '--bg-3', 0.9);
    brush.text(lane.name, 8, top + 12, '--text', { weight: 500 });
    return;
  }
  const roomy = high >= 38;
  const middle = top + high / 2;
  brush.text(String(index + 1), 12, roomy ? middle - 8 : middle, '--text-3', { weight: 600 });
  brush.text(lane.name, 28, roomy ? middle - 8 : middle, '--text', { weight: 500, widest: scene.labels - 36 });
  if (roomy) brush.text(lane.note, 28, middle + 9, '--text-2', { widest: scene.labels - 36 });
}

function paintRecorded(brush: Brush, scene: Scene, lane: Lane, top: number, high: number): void {
  const x = (at: Micros): number => scene.labels + xOf(scene.view, at);
  const band = top + high * (scene.labels === 0 ? 0.72 : 0.5) - 6;
  for (const span of lane.coverage?.spans ?? []) {
    if (span.end < scene.view.from || span.start > scene.view.to) continue;
    brush.rect(x(span.start), band, Math.max(1, x(span.end) - x(span.start)), 12, '--tl-rec');
  }
  for (const gap of lane.coverage?.gaps ?? []) paintGap(brush, x(gap.start), x(gap.end ?? scene.now), band);
  if (lane.coverage?.oldest !== undefined && lane.coverage.oldest > scene.view.from) {
    brush.rect(Math.round(x(lane.coverage.oldest)) - 1, top + 2, 2, high - 4, '--held', 0.9);
  }
}

function paintGap(brush: Brush, from: number, to: number, band: number): void {
  const width = Math.max(3, to - from);
  brush.rect(from, band + 5, width, 2, '--gap');
  brush.rect(from, band + 1, 1.5, 10, '--gap');
  brush.rect(from + width - 1.5, band + 1, 1.5, 10, '--gap');
}

function paintInterval(brush: Brush, scene: Scene): void {
  const { interval } = scene;
  if (!interval) return;
  const from = scene.labels + xOf(scene.view, interval.start);
  const to = scene.labels + xOf(scene.view, interval.end);
  const bottom = LANES_TOP + scene.lanes.length * laneHeight(scene);
  brush.rect(from, LANES_TOP, to - from, bottom - LANES_TOP, '--tl-select', 0.18);
  brush.rect(from - 1, RULER_TOP + 2, 2, bottom - RULER_TOP - 2, '--tl-select');
  brush.rect(to - 1, RULER_TOP + 2, 2, bottom - RULER_TOP - 2, '--tl-select');
  brush.rect(from, RULER_TOP + 2, to - from, 3, '--tl-select');
  const width = brush.width(scene.intervalText, 600) + 12;
  const middle = Math.min(Math.max((from + to) / 2, scene.labels + width / 2), scene.width - width / 2);
  brush.rect(middle - width / 2, RULER_TOP + 2, width, 17, '--tl-select');
  brush.text(scene.intervalText, middle, RULER_TOP + 11, '--on-accent', { weight: 600, align: 'center' });
}

function paintPlayhead(brush: Brush, scene: Scene): void {
  const x = scene.labels + xOf(scene.view, scene.position);
  const bottom = LANES_TOP + scene.lanes.length * laneHeight(scene);
  const nowX = scene.labels + xOf(scene.view, scene.now);
  brush.rect(nowX, LANES_TOP, scene.width - nowX, bottom - LANES_TOP, '--bg-2', 0.6);
  brush.rect(x - 0.75, RULER_TOP + 18, 1.5, bottom - RULER_TOP - 18, '--text');
  const { context } = brush;
  context.fillStyle = brush.colour('--text');
  context.beginPath();
  context.moveTo(x - 5, RULER_TOP + 18);
  context.lineTo(x + 5, RULER_TOP + 18);
  context.lineTo(x, RULER_TOP + 25);
  context.fill();
}

/** The gap of that lane at that time, widened to what can be hit with a pointer. */
export function gapAt(lane: Lane | undefined, at: Micros, tolerance: Micros, now: Micros): Gap | undefined {
  return lane?.coverage?.gaps.find((gap) => at >= gap.start - tolerance && at <= (gap.end ?? now) + tolerance);
}
