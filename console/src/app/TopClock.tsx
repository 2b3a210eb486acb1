import { IconClockCheck, IconClockExclamation } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useText } from '../i18n/language';
import { SECOND } from '../time/instant';
import { useNow, useServerClock } from '../time/server-clock';
import { useZone } from '../time/site';
import { utcText } from '../time/zone';

/** The recorder's time in the site's zone. Amber when this computer's own clock says otherwise. */
export function TopClock(): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const difference = useServerClock().offset / SECOND;
  const apart = Math.abs(difference) > 2;
  const words = apart
    ? t(difference > 0 ? 'clock.behind' : 'clock.ahead', { seconds: t.number(Math.abs(difference), 1) })
    : t('clock.agrees');
  return (
    <div className={apart ? 'clock clockbad' : 'clock'} title={`${utcText(now)} · ${words}`}>
      <b className="num">
        <time dateTime={new Date(now / 1000).toISOString()}>{zone.time(now)}</time>
      </b>
      <span className="dim hide-m nw">
        {zone.abbreviation(now)}, {zone.day(now)}
      </span>
      {apart ? (
        <IconClockExclamation className="i s" role="img" aria-label={words} />
      ) : (
        <IconClockCheck className="i s c-live" role="img" aria-label={words} />
      )}
    </div>
  );
}
