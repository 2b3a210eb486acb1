import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore, type JSX, type ReactNode } from 'react';
import { approvalsQuery, emergenciesChanged } from '../api/queries';
import { MILLISECOND } from '../time/instant';
import { useServerClock, type ServerClock } from '../time/server-clock';
import { MediaConnection, type ConnectionStatus } from './connection';
import type { Why } from './protocol';
import { askForTicket } from './ticket';

interface Media {
  readonly connection: MediaConnection | undefined;
  readonly why: Why;
  /** Opens everything anew, and says this with it. */
  readonly say: (why: Why) => void;
}

const MediaContext = createContext<Media>({ connection: undefined, why: {}, say: () => {} });

function connect(clock: ServerClock, queries: QueryClient, why: Why): MediaConnection {
  return new MediaConnection({
    // `https:` becomes `wss:`.
    openSocket: () => new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/api/v1/media`),
    askForTicket,
    observeClock: (serverTime, sent, received) => clock.observe(serverTime, sent * MILLISECOND, received * MILLISECOND),
    approvalsChanged: () => void queries.invalidateQueries({ queryKey: approvalsQuery.queryKey }),
    emergenciesChanged: () => void emergenciesChanged(queries),
    random: Math.random,
    why,
  });
}

/** The one media connection of this window: pictures for those who may see them, and news for everybody. */
export function MediaProvider({ children }: { children: ReactNode }): JSX.Element {
  const clock = useServerClock();
  const queries = useQueryClient();
  const made = useCallback((why: Why) => ({ connection: connect(clock, queries, why), why }), [clock, queries]);
  const [{ connection, why }, setMade] = useState(() => made({}));
  useEffect(() => {
    connection.keepOpen();
    return () => connection.close();
  }, [connection]);
  const media = useMemo(() => ({ connection, why, say: (next: Why) => setMade(made(next)) }), [connection, why, made]);
  return <MediaContext value={media}>{children}</MediaContext>;
}

export function useMedia(): MediaConnection | undefined {
  return useContext(MediaContext).connection;
}

/** Why somebody looks, for as long as this window is open. */
export function useWhy(): Pick<Media, 'why' | 'say'> {
  return useContext(MediaContext);
}

const idle: ConnectionStatus = { phase: 'idle' };

function useConnection<T>(read: (connection: MediaConnection) => T, none: T): T {
  const connection = useMedia();
  return useSyncExternalStore(
    (changed) => connection?.watch(changed) ?? (() => {}),
    () => (connection ? read(connection) : none),
  );
}

export function useConnectionStatus(): ConnectionStatus {
  return useConnection((connection) => connection.status, idle);
}

/** Whether a look would be granted if it said why. */
export function useReasonWanted(): boolean {
  return useConnection((connection) => connection.reasonWanted !== undefined, false);
}
