import { IconCircleX, IconLoader2, IconPlayerPause } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { State } from '../api/model';
import { useText } from '../i18n/language';
import { healthOf, phaseText } from './camera-words';

/** One meaning, one colour, one sign, and its word for those who do not see it. */
export function CameraSign({ state }: { state: State | undefined }): JSX.Element {
  const t = useText();
  const word = phaseText(state, t);
  switch (healthOf(state)) {
    case 'live':
      return <span className="dot" role="img" aria-label={word} title={word} />;
    case 'starting':
      return <IconLoader2 className="i s c-warn" role="img" aria-label={word} title={word} />;
    case 'off':
      return <IconPlayerPause className="i s dim" role="img" aria-label={word} title={word} />;
    case 'trouble':
      return <IconCircleX className="i s c-gap" role="img" aria-label={word} title={word} />;
  }
}
