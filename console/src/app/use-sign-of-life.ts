import { useEffect } from 'react';
import { ask } from '../api/client';
import { me } from '../api/model';

const AT_MOST_EVERY_MILLIS = 60_000;

/**
 * Tells the server that somebody is at work here, at most once a minute and only when somebody is:
 * what screens poll by themselves is no sign of life (docs/api.md), and a wall that nobody watches shall end.
 */
export function useSignOfLife(): void {
  useEffect(() => {
    let last = Date.now();
    const moved = (): void => {
      if (Date.now() - last < AT_MOST_EVERY_MILLIS) return;
      last = Date.now();
      // A refusal ends the session on the screen by itself; silence is told by whatever else asks.
      ask('GET', '/me', me).catch(() => {});
    };
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
    for (const sign of signs) window.addEventListener(sign, moved, { passive: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, moved);
    };
  }, []);
}
