import { useEffect, useRef, useState, type RefObject } from 'react';
import { BrowserDecoder } from '../../media/decoder';
import { LivePlayer, type LiveStatus } from '../../media/live';
import { useMedia } from '../../media/MediaProvider';
import { Screen } from '../../media/screen';
import { useServerClock } from '../../time/server-clock';

const opening: LiveStatus = {
  phase: 'opening',
  camera: undefined,
  config: undefined,
  hindrance: undefined,
  problem: undefined,
  lastWallTime: undefined,
  skipped: 0,
};

export interface Live {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly status: LiveStatus;
  /** Asks again after the server closed the channel. */
  readonly again: () => void;
}

const LOOK_MILLIS = 500;

/** One camera's live picture on a canvas, for as long as the tile is there. */
export function useLive(camera: string, stream: 'record' | 'wall'): Live {
  const connection = useMedia();
  const clock = useServerClock();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [status, setStatus] = useState(opening);
  const current = useRef<LivePlayer>(undefined);
  useEffect(() => {
    if (!connection || !canvas.current) return undefined;
    const screen = new Screen();
    screen.attach(canvas.current);
    const player = new LivePlayer(connection, camera, stream, {
      makeDecoder: (events) => new BrowserDecoder(events),
      show: (picture, shown) => screen.show(picture, shown),
      clear: () => screen.clear(),
      changed: () => setStatus(player.status),
      now: () => clock.now(),
    });
    current.current = player;
    const looking = setInterval(() => {
      player.check();
      setStatus(player.status);
    }, LOOK_MILLIS);
    return () => {
      clearInterval(looking);
      player.close();
      screen.detach();
    };
  }, [connection, clock, camera, stream]);
  return { canvas, status, again: () => current.current?.again() };
}
