import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { BrowserDecoder } from '../../media/decoder';
import type { MediaConnection } from '../../media/connection';
import type { Approved } from '../../media/playback-channel';
import { PlaybackSession, type PlaybackSnapshot } from '../../media/playback';
import { Screen } from '../../media/screen';
import type { Micros } from '../../time/instant';

/**
 * One session for as long as the screen is there.
 *
 * @param approved what was asked and approved, if the look is by another's yes
 */
export function usePlayback(connection: MediaConnection | undefined, start: Micros, approved: Approved | undefined): PlaybackSession | undefined {
  const first = useRef({ start, approved });
  const [session, setSession] = useState<PlaybackSession>();
  useEffect(() => {
    if (!connection) return undefined;
    const made = new PlaybackSession(first.current.start, {
      connection,
      makeDecoder: (events) => new BrowserDecoder(events),
      nowMillis: () => performance.now(),
      nextFrame: (callback) => requestAnimationFrame(callback),
      approved: first.current.approved,
    });
    setSession(made);
    return () => {
      made.close();
      setSession(undefined);
    };
  }, [connection]);
  return session;
}

export function useSnapshot(session: PlaybackSession): PlaybackSnapshot {
  return useSyncExternalStore(
    (changed) => session.watch(changed),
    () => session.snapshot,
  );
}

/** Puts one camera of the session on a canvas. */
export function useStage(session: PlaybackSession, camera: string): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const screen = new Screen();
    screen.attach(canvas.current);
    const remove = session.add(camera, {
      show: (picture, shown) => screen.show(picture, shown),
      clear: () => screen.clear(),
    });
    return () => {
      remove();
      screen.detach();
    };
  }, [session, camera]);
  return canvas;
}
