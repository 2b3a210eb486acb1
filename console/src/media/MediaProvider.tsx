import { createContext, useContext, useEffect, useState, useSyncExternalStore, type JSX, type ReactNode } from 'react';
import { MILLISECOND } from '../time/instant';
import { useServerClock } from '../time/server-clock';
import { MediaConnection, type ConnectionStatus } from './connection';
import { askForTicket } from './ticket';

const MediaContext = createContext<MediaConnection | undefined>(undefined);

/** The one media connection of this browser, for those who may see pictures. */
export function MediaProvider({ enabled, children }: { enabled: boolean; children: ReactNode }): JSX.Element {
  const clock = useServerClock();
  const [connection, setConnection] = useState<MediaConnection>();
  useEffect(() => {
    if (!enabled) return undefined;
    const made = new MediaConnection({
      openSocket: () => new WebSocket(`wss://${window.location.host}/api/v1/media`.replace(/^wss/, window.location.protocol === 'http:' ? 'ws' : 'wss')),
      askForTicket,
      observeClock: (serverTime, sent, received) => clock.observe(serverTime, sent * MILLISECOND, received * MILLISECOND),
      random: Math.random,
    });
    setConnection(made);
    return () => {
      made.close();
      setConnection(undefined);
    };
  }, [enabled, clock]);
  return <MediaContext value={connection}>{children}</MediaContext>;
}

export function useMedia(): MediaConnection | undefined {
  return useContext(MediaContext);
}

const idle: ConnectionStatus = { phase: 'idle' };

export function useConnectionStatus(): ConnectionStatus {
  const connection = useMedia();
  return useSyncExternalStore(
    (changed) => connection?.watch(changed) ?? (() => {}),
    () => connection?.status ?? idle,
  );
}
