import type { Camera, State } from '../api/model';
import type { Text } from '../i18n/catalogue';
import { MILLISECOND, SECOND, type Micros } from '../time/instant';
import { durationText } from './duration';
import type { Zone } from '../time/zone';

/** How a camera fares, in words, for tiles, lists and pages alike. */

export function causeText(cause: string | undefined, t: Text): string {
  return t.word('cause', cause ?? 'unknown');
}

export function phaseText(state: State | undefined, t: Text): string {
  return state ? t(`phase.${state.phase}`) : t('phase.unknown');
}

/** "No answer from camera since 14:02:11": what is wrong, and since when. */
export function troubleText(state: State, zone: Zone, t: Text): string {
  const cause = state.cause ? causeText(state.cause, t) : phaseText(state, t);
  return state.since === undefined ? cause : t('trouble.since', { cause, time: zone.time(state.since) });
}

/** What the camera itself said, in the words of the server; where it was not called or heard, nothing. */
export function messageText(state: State): string | undefined {
  return state.phase === 'streaming' || isHeldBack(state) ? undefined : state.message;
}

/** Waits for a person, not for the camera. */
export function isHeldBack(state: State | undefined): boolean {
  return state?.phase === 'certificate-changed' || state?.phase === 'barred';
}

/** What somebody can do about it, where waiting does not help. */
export function stepText(state: State, t: Text): string | undefined {
  if (state.phase === 'certificate-changed') return t('trouble.compare');
  if (state.phase === 'barred') return t('trouble.except');
  return undefined;
}

/** "AB:CD:…": a fingerprint as cameras show it on their own pages. */
export function fingerprintText(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(':');
}

/** "Next try in 8 s." */
export function nextTryText(state: State, now: Micros, t: Text): string | undefined {
  if (state.nextTryAt === undefined) return undefined;
  const seconds = Math.ceil((state.nextTryAt - now) / SECOND);
  return seconds > 0 ? t('trouble.nextTry', { seconds: t.number(seconds) }) : t('trouble.trying');
}

/** "1.3 s behind": how a camera's clock goes against the recorder's. */
export function clockText(differenceMillis: number, t: Text): string {
  if (differenceMillis === 0) return t('camera.clock.exact');
  const length = durationText(Math.abs(differenceMillis) * MILLISECOND, t);
  return t(differenceMillis > 0 ? 'camera.clock.ahead' : 'camera.clock.behind', { length });
}

export type Health = 'live' | 'starting' | 'trouble' | 'off';

export function healthOf(state: State | undefined): Health {
  switch (state?.phase) {
    case 'streaming':
      return 'live';
    case 'connecting':
      return 'starting';
    case 'off':
    case 'removed':
    case undefined:
      return 'off';
    case 'stalled':
    case 'refused':
    case 'certificate-changed':
    case 'barred':
    case 'backing-off':
      return 'trouble';
  }
}

/** The stream for a tile: the small one for a small tile, where the camera has one. */
export function streamFor(camera: Camera, large: boolean): 'record' | 'wall' {
  return !large && camera.streams.some((stream) => stream.role === 'wall') ? 'wall' : 'record';
}
