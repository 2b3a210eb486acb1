import { useEffect, useRef } from 'react';
import type { TransportActs } from './Transport';

export interface KeyActs extends TransportActs {
  readonly shuttle: (rate: number) => void;
  readonly stop: () => void;
  /** 0 when it stands. */
  readonly rateNow: number;
  readonly mark: (edge: 'start' | 'end') => void;
  readonly pick: (number: number) => void;
  readonly escape: () => void;
  readonly full: () => void;
}

/** J and L: once for life's pace, again for twice as fast. */
export function shuttled(rate: number, direction: 1 | -1): number {
  const faster = Math.min(16, Math.max(1, Math.abs(rate) * 2));
  return Math.sign(rate) === direction ? faster * direction : direction;
}

/** The keys of an editing desk. They rest while something is typed or a dialog is open. */
export function usePlaybackKeys(acts: KeyActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (run(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"],[role="listbox"],[role="menu"]')) return true;
  return target.matches('input,textarea,select,[contenteditable="true"]');
}

function run(event: KeyboardEvent, acts: KeyActs): boolean {
  const onButton = event.target instanceof HTMLElement && event.target.matches('button,a');
  switch (event.key) {
    case ' ':
      if (onButton) return false;
      acts.toggle();
      return true;
    case 'Enter':
      if (onButton) return false;
      acts.full();
      return true;
    case 'j':
    case 'J':
      acts.shuttle(shuttled(acts.rateNow, -1));
      return true;
    case 'k':
    case 'K':
      acts.stop();
      return true;
    case 'l':
    case 'L':
      acts.shuttle(shuttled(acts.rateNow, 1));
      return true;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const direction = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) acts.jump(10 * direction);
      else acts.step(direction);
      return true;
    }
    case 'Home':
      acts.oldest();
      return true;
    case 'End':
      acts.newest();
      return true;
    case 'i':
    case 'I':
      acts.mark('start');
      return true;
    case 'o':
    case 'O':
      acts.mark('end');
      return true;
    case 'g':
    case 'G':
      acts.goTo();
      return true;
    case '+':
    case '=':
      acts.zoom(0.5);
      return true;
    case '-':
      acts.zoom(2);
      return true;
    case 'Escape':
      acts.escape();
      return true;
    default:
      if (!/^[1-9]$/.test(event.key)) return false;
      acts.pick(Number(event.key));
      return true;
  }
}
