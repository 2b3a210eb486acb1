import { createContext, useContext, useEffect, useState, useSyncExternalStore, type JSX, type ReactNode } from 'react';
import { MILLISECOND } from '../time/instant';
import { useServerClock, type ServerClock } from '../time/server-clock';
import { MediaConnection, type ConnectionStatus } from './connection';
import { askForTicket } from './ticket';

const MediaContext = createContext<MediaConnection | undefined>(undefined);

function connect(clock: ServerClock): MediaConnection {
  return new MediaConnection({
    // `https:` becomes `wss:`.
    openSocket: () => new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/api/v1/media`),
    askForTicket,
    observeClock: (serverTime, sent, received) => clock.observe(serverTime, sent * MILLISECOND, received * MILLISECOND),
    random: Math.random,
  });
}

/** The one media connection of this browser, for those who may see pictures. */
export function MediaProvider({ enabled, children }: { enabled: boolean; children: ReactNode }): JSX.Element {
  const clock = useServerClock();
  const [connection] = useState(() => (enabled ? connect(clock) : undefined));
  useEffect(() => () => connection?.close(), [connection]);
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
