import { Fragment, type JSX } from 'react';
import { fingerprintText } from './camera-words';

/** A certificate's fingerprint, in rows that can be compared by eye: no byte is cut in two. */
export function Fingerprint({ sha256 }: { sha256: string }): JSX.Element {
  const bytes = fingerprintText(sha256).split(':');
  return (
    <code className="mono fingerprint">
      {bytes.map((byte, place) => (
        // oxlint-disable-next-line no-array-index-key -- a byte is known by its place alone
        <Fragment key={place}>
          {place > 0 && ':'}
          <wbr />
          {byte}
        </Fragment>
      ))}
    </code>
  );
}
