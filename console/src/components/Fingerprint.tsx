import type { JSX } from 'react';
import { fingerprintText } from './camera-words';

/** A certificate's fingerprint, in rows that can be compared by eye. */
export function Fingerprint({ sha256 }: { sha256: string }): JSX.Element {
  return <code className="mono fingerprint">{fingerprintText(sha256)}</code>;
}
