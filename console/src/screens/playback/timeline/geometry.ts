import { DAY, SECOND, type Micros } from '../../../time/instant';

/** What the timeline shows: a stretch of time over so many pixels. Pure. */
export interface View {
  readonly from: Micros;
  readonly to: Micros;
  /** Width of the lanes in CSS pixels, without the labels. */
  readonly width: number;
}

export const LONGEST_SPAN = 30 * DAY;
export const SHORTEST_SPAN = 2 * SECOND;

export function span(view: View): number {
  return view.to - view.from;
}

export function xOf(view: View, at: Micros): number {
  return ((at - view.from) / span(view)) * view.width;
}

export function atX(view: View, x: number): Micros {
  return Math.round(view.from + (x / view.width) * span(view));
}

/** Zooms by a factor so that what is under `x` stays there; never beyond 30 days or into less than 2 s. */
export function zoomed(view: View, factor: number, x: number): View {
  const wanted = Math.min(LONGEST_SPAN, Math.max(SHORTEST_SPAN, span(view) * factor));
  const fixed = atX(view, x);
  const from = Math.round(fixed - (x / view.width) * wanted);
  return { ...view, from, to: from + wanted };
}

export function moved(view: View, by: number): View {
  return { ...view, from: view.from + Math.round(by), to: view.to + Math.round(by) };
}

export function centred(view: View, at: Micros): View {
  const half = Math.round(span(view) / 2);
  return { ...view, from: at - half, to: at - half + span(view) };
}

/** The same span with `at` inside, moved as little as possible. */
export function including(view: View, at: Micros): View {
  const edge = span(view) * 0.04;
  if (at < view.from + edge) return moved(view, at - edge - view.from);
  if (at > view.to - edge) return moved(view, at + edge - view.to);
  return view;
}

/** The stretch to ask the server for: whole blocks around the view, so that panning a little asks nothing. */
export function block(view: View): { from: Micros; to: Micros } {
  const size = 2 ** Math.ceil(Math.log2(span(view) / SECOND)) * SECOND;
  const from = Math.floor(view.from / size) * size;
  return { from, to: Math.ceil(view.to / size) * size };
}
