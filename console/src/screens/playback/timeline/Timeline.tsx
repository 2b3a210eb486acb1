import { useMantineColorScheme } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type JSX, type PointerEvent as ReactPointerEvent } from 'react';
import type { Camera, Span } from '../../../api/model';
import { timelineQuery } from '../../../api/queries';
import { causeText } from '../../../components/camera-words';
import { durationText } from '../../../components/duration';
import { useText } from '../../../i18n/language';
import { DAY, HOUR, type Micros } from '../../../time/instant';
import { useNow } from '../../../time/server-clock';
import { useZone } from '../../../time/site';
import { utcText } from '../../../time/zone';
import type { Interval } from '../address';
import { LONGEST_SPAN, atX, block, moved, span, xOf, zoomed, type View } from './geometry';
import { LABELS, LANES_TOP, OVERVIEW_HEIGHT, OVERVIEW_TOP, gapAt, laneHeight, paint, type Lane, type Scene } from './paint';

interface TimelineProps {
  readonly cameras: readonly Camera[];
  readonly selected: string | undefined;
  readonly select: (camera: string) => void;
  readonly view: { from: Micros; to: Micros };
  readonly setView: (view: { from: Micros; to: Micros }) => void;
  readonly position: Micros;
  readonly interval: Interval | undefined;
  readonly setInterval: (interval: Interval | undefined) => void;
  readonly scrub: (at: Micros) => void;
  readonly seek: (at: Micros) => void;
}

type Grip =
  | { readonly kind: 'scrub' | 'overview' }
  | { readonly kind: 'pan'; x: number }
  | { readonly kind: 'interval'; readonly fixed: Micros }
  | { readonly kind: 'pinch'; distance: number; middle: number };

/** How near to an edge of the interval a pointer must be to take it. */
const GRIP_PIXELS = 6;

/** The timeline of all chosen cameras. Everything it does has a key too (Playback), everything it shows stands in words beside it. */
export function Timeline(props: TimelineProps): JSX.Element {
  const { cameras, position, interval } = props;
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const { colorScheme } = useMantineColorScheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const labels = size.width > 640 ? LABELS : 0;
  const view: View = { ...props.view, width: Math.max(1, size.width - labels) };
  const overview: View = { from: now - LONGEST_SPAN, to: now, width: Math.max(1, size.width - labels - (labels > 0 ? 12 : 0)) };
  const ids = cameras.map((camera) => camera.id);

  const wanted = block(view);
  const { data: coverage } = useQuery({
    ...timelineQuery(ids, wanted.from, wanted.to, 2_000),
    placeholderData: keepPreviousData,
    refetchInterval: wanted.to > now - 10_000_000 ? 5_000 : false,
  });
  const today = Math.ceil(now / HOUR) * HOUR;
  const { data: month } = useQuery({ ...timelineQuery(ids, today - LONGEST_SPAN - DAY, today, 400), placeholderData: keepPreviousData, refetchInterval: 60_000 });

  const lanes: Lane[] = cameras.map((camera) => ({
    camera: camera.id,
    name: camera.name,
    note: t('playback.kept', { hours: t.number(camera.retentionHours) }),
    selected: camera.id === props.selected,
    coverage: coverage?.find((each) => each.camera === camera.id),
  }));
  const scene: Scene = {
    view,
    overview,
    overviewSpans: (month ?? []).flatMap((each): readonly Span[] => each.spans),
    lanes,
    position,
    now,
    interval,
    intervalText: interval ? durationText(interval.end - interval.start, t) : '',
    zone,
    words: { days: t('playback.days'), now: t('playback.now'), due: '' },
    ...size,
    labels,
  };
  useEffect(() => {
    if (canvas.current && size.width > 0) paint(canvas.current, scene);
  });
  useFontsThenTheme(colorScheme);

  const pointers = useRef(new Map<number, number>());
  const grip = useRef<Grip | undefined>(undefined);
  const [hover, setHover] = useState<{ x: number; y: number; at: Micros } | undefined>();
  const place = (event: { clientX: number; clientY: number }): { x: number; y: number; at: Micros } => {
    const box = canvas.current?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    return { x, y: event.clientY - (box?.top ?? 0), at: atX(view, x - labels) };
  };
  const laneAt = (y: number): Lane | undefined => lanes[Math.floor((y - LANES_TOP) / laneHeight(scene))];
  const inOverview = (y: number): boolean => y < OVERVIEW_TOP + OVERVIEW_HEIGHT + 4;
  const edgeOf = (x: number): Micros | undefined => {
    if (!interval) return undefined;
    if (Math.abs(labels + xOf(view, interval.start) - x) <= GRIP_PIXELS) return interval.end;
    if (Math.abs(labels + xOf(view, interval.end) - x) <= GRIP_PIXELS) return interval.start;
    return undefined;
  };

  const onDown = (event: ReactPointerEvent): void => {
    const { x, y, at } = place(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, x);
    if (pointers.current.size === 2) {
      grip.current = pinchOf([...pointers.current.values()], labels);
      return;
    }
    const lane = laneAt(y);
    if (lane) props.select(lane.camera);
    if (x < labels) return;
    const fixed = edgeOf(x);
    if (inOverview(y)) grip.current = { kind: 'overview' };
    else if (event.button === 1) grip.current = { kind: 'pan', x };
    else if (fixed !== undefined) grip.current = { kind: 'interval', fixed };
    else if (event.shiftKey) grip.current = { kind: 'interval', fixed: at };
    else grip.current = { kind: 'scrub' };
    drag(x, at);
  };
  const drag = (x: number, at: Micros): void => {
    const taken = grip.current;
    switch (taken?.kind) {
      case 'scrub':
        props.scrub(Math.min(at, now));
        break;
      case 'overview': {
        const middle = atX(overview, x - labels);
        props.setView({ from: middle - span(view) / 2, to: middle + span(view) / 2 });
        break;
      }
      case 'pan':
        props.setView(moved(view, ((taken.x - x) / view.width) * span(view)));
        taken.x = x;
        break;
      case 'interval':
        if (at !== taken.fixed) props.setInterval({ start: Math.min(taken.fixed, at), end: Math.max(taken.fixed, at) });
        break;
      case 'pinch': {
        const next = pinchOf([...pointers.current.values()], labels);
        if (next.kind !== 'pinch' || next.distance < 8) break;
        props.setView(moved(zoomed(view, taken.distance / next.distance, next.middle), ((taken.middle - next.middle) / view.width) * span(view)));
        grip.current = next;
        break;
      }
      case undefined:
        break;
    }
  };
  const onMove = (event: ReactPointerEvent): void => {
    const found = place(event);
    if (event.pointerType === 'mouse') setHover(found.x >= labels && !inOverview(found.y) ? found : undefined);
    if (!pointers.current.has(event.pointerId)) return;
    pointers.current.set(event.pointerId, found.x);
    drag(found.x, found.at);
  };
  const onUp = (event: ReactPointerEvent): void => {
    pointers.current.delete(event.pointerId);
    const taken = grip.current;
    if (pointers.current.size > 0) return;
    grip.current = undefined;
    if (taken?.kind === 'scrub') props.seek(Math.min(place(event).at, now));
    if (taken?.kind === 'overview') props.seek(Math.min(atX(overview, place(event).x - labels), now));
  };
  useWheel(canvas, (event) => {
    const { x } = place(event);
    if (event.deltaX !== 0 && Math.abs(event.deltaX) > Math.abs(event.deltaY)) props.setView(moved(view, (event.deltaX / view.width) * span(view)));
    else if (event.shiftKey) props.setView(moved(view, (event.deltaY / view.width) * span(view)));
    else props.setView(zoomed(view, 1.0015 ** event.deltaY, Math.max(0, x - labels)));
  });

  const gap = hover && gapAt(laneAt(hover.y), hover.at, (span(view) / view.width) * 4, now);
  return (
    <div className="tlw">
      <canvas
        ref={canvas}
        id="timeline"
        role="img"
        aria-label={t('playback.timeline', { n: cameras.length, from: zone.dayAndTime(view.from), to: zone.dayAndTime(view.to) })}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        onPointerLeave={() => setHover(undefined)}
      />
      {hover && (
        <Hover left={Math.min(Math.max(hover.x, 90), size.width - 90)}>
          <b className="num" title={utcText(hover.at)}>
            {zone.dayAndTime(hover.at)}
          </b>
          {gap && (
            <span className="c-gap">
              {t('playback.gap', { cause: causeText(gap.cause, t), duration: durationText((gap.end ?? now) - gap.start, t) })}
            </span>
          )}
        </Hover>
      )}
    </div>
  );
}

function Hover({ left, children }: { left: number; children: React.ReactNode }): JSX.Element {
  return (
    <div className="tl-hover" style={{ left }}>
      {children}
    </div>
  );
}

function pinchOf(xs: readonly number[], labels: number): Grip {
  const [one = 0, other = 0] = xs;
  return { kind: 'pinch', distance: Math.abs(one - other), middle: (one + other) / 2 - labels };
}

function useSize(canvas: React.RefObject<HTMLCanvasElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

/** A canvas does not repaint by itself when its fonts arrive or the theme changes. */
function useFontsThenTheme(scheme: string): void {
  const [, again] = useState('');
  useEffect(() => {
    void document.fonts.ready.then(() => again('fonts'));
  }, []);
  useEffect(() => {
    const frame = requestAnimationFrame(() => again(scheme));
    return () => cancelAnimationFrame(frame);
  }, [scheme]);
}

/** React listens to the wheel passively, where the page's own scrolling cannot be stopped. */
function useWheel(canvas: React.RefObject<HTMLCanvasElement | null>, turned: (event: WheelEvent) => void): void {
  const latest = useRef(turned);
  useEffect(() => {
    latest.current = turned;
  });
  useEffect(() => {
    const element = canvas.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [canvas]);
}
