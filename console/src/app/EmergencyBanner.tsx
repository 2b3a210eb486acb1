import { IconLifebuoy } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type JSX } from 'react';
import { ask } from '../api/client';
import { emergency as emergencyDecoder, type Emergency } from '../api/model';
import { emergenciesChanged } from '../api/queries';
import { useAnnounce } from '../components/Announcer';
import { useEmergency } from '../components/Emergency';
import { leftText, scopeText } from '../components/emergencies';
import { explain } from '../components/states';
import { useText } from '../i18n/language';
import { useNow } from '../time/server-clock';
import { useZone } from '../time/site';

/** Above every screen while an emergency runs: until when, and the way out. */
export function EmergencyBanner(): JSX.Element | null {
  const t = useText();
  const announce = useAnnounce();
  const { running } = useEmergency();
  const ran = useRef(false);
  const isRunning = running !== undefined;
  useEffect(() => {
    if (ran.current && !isRunning) announce(t('emergency.over'));
    ran.current = isRunning;
  }, [announce, isRunning, t]);
  return running ? <Running emergency={running} /> : null;
}

function Running({ emergency }: { emergency: Emergency }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => ask('DELETE', '/me/emergency', emergencyDecoder),
    // Ended elsewhere, or a moment ago: either way what is shown is asked for anew.
    onSettled: () => emergenciesChanged(queries),
  });
  return (
    <section className="emergency" aria-label={t('emergency.name')}>
      <IconLifebuoy className="i l" aria-hidden="true" />
      <p className="grow">
        <b>{t('emergency.runs', { cameras: scopeText(emergency.cameras, t) })}</b>{' '}
        <span className="num">{t('emergency.left', { time: zone.time(emergency.until), left: leftText(emergency.until, now, t) })}</span>{' '}
        <span className="dim hide-s">{t('emergency.recorded')}</span>
        {end.error && <span className="c-alarm"> {explain(end.error, t).what}</span>}
      </p>
      <button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate()}>
        {t('emergency.end')}
      </button>
    </section>
  );
}
