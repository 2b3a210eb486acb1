import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type JSX, type ReactNode } from 'react';
import { serverQuery } from '../api/queries';
import { MILLISECOND, SECOND, nowMicros, type Micros } from './instant';

/** The recorder's clock as this browser knows it: its own clock plus a measured offset. */
export class ServerClock {
  private offsetMicros = 0;
  private boundMicros = Number.POSITIVE_INFINITY;

  /** An answer that says `serverTime` came at `received` for a question sent at `sent`, both by this browser's clock. */
  observe(serverTime: Micros, sent: Micros, received: Micros): void {
    const bound = Math.max(0, received - sent) / 2;
    // The quickest answer knows best; a slow one only counts when nothing better is known.
    if (bound > this.boundMicros) {
      this.boundMicros *= 1.1;
      return;
    }
    this.boundMicros = Math.max(bound, MILLISECOND);
    this.offsetMicros = serverTime - (sent + received) / 2;
  }

  now(): Micros {
    return nowMicros() + this.offsetMicros;
  }

  /** By how much the recorder's clock is ahead of this browser's. */
  get offset(): Micros {
    return this.offsetMicros;
  }
}

const ClockContext = createContext<ServerClock | undefined>(undefined);

export function ServerClockProvider({ children }: { children: ReactNode }): JSX.Element {
  const [clock] = useState(() => new ServerClock());
  const { data, dataUpdatedAt } = useQuery({ ...serverQuery, refetchInterval: 60_000 });
  useEffect(() => {
    // The moment of asking is not known here; a tenth of a second is assumed, a ping on the media connection does better.
    if (data) clock.observe(data.time, (dataUpdatedAt - 100) * MILLISECOND, dataUpdatedAt * MILLISECOND);
  }, [clock, data, dataUpdatedAt]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export function useServerClock(): ServerClock {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error('The clock is only known inside ServerClockProvider.');
  return clock;
}

/** Renders once a second, on the second of the recorder's clock. */
export function useNow(): Micros {
  const clock = useServerClock();
  return useSyncExternalStore(
    (changed) => {
      let timer = 0;
      const next = (): void => {
        const rest = SECOND - (clock.now() % SECOND);
        timer = window.setTimeout(() => {
          changed();
          next();
        }, rest / MILLISECOND + 5);
      };
      next();
      return () => window.clearTimeout(timer);
    },
    () => Math.floor(clock.now() / SECOND) * SECOND,
  );
}
