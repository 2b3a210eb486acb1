import { useEffect } from 'react';

/** What closes the dialogs that lie above others, the topmost last. */
const above: (() => void)[] = [];

/**
 * Has Escape close what lies above everything else, and nothing beneath it.
 *
 * Each dialog of the library listens on the window for itself and closes on the same key, whatever lies above it. Whoever
 * listens there first can keep it from all of them, so this is called before any dialog is made.
 */
export function watchEscape(target: EventTarget): void {
  const closeTopmost = (event: Event): void => {
    const { key, isComposing } = event as KeyboardEvent;
    const close = above.at(-1);
    if (key !== 'Escape' || isComposing || !close) return;
    event.stopImmediatePropagation();
    close();
  };
  target.addEventListener('keydown', closeTopmost, { capture: true });
}

/** From now on Escape calls `close` and does nothing else, until what is returned is called. */
export function takeEscape(close: () => void): () => void {
  above.push(close);
  return () => {
    above.splice(above.lastIndexOf(close), 1);
  };
}

/** For a dialog that opens above others. */
export function useEscapeAlone(opened: boolean, close: () => void): void {
  useEffect(() => (opened ? takeEscape(close) : undefined), [opened, close]);
}
