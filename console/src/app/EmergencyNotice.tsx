import { IconLifebuoy, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX } from 'react';
import { may, type Emergency } from '../api/model';
import { emergenciesQuery, useMe } from '../api/queries';
import { useAnnounce } from '../components/Announcer';
import { takenSince } from '../components/emergencies';
import { useText } from '../i18n/language';
import { useServerClock } from '../time/server-clock';

/** Tells whoever oversees, at the edge of whatever is open, that somebody has taken it. It takes no focus and stays until it is put away. */
export function EmergencyNotice(): JSX.Element | null {
  const t = useText();
  const { taken, dismiss } = useTaken();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (!taken || path === '/approvals') return null;
  return (
    <aside className="toast urgent" aria-label={t('emergencies.notice')}>
      <IconLifebuoy className="i c-held" aria-hidden="true" />
      <p className="grow">
        {t('emergencies.news', { name: taken.by.name, reason: taken.reason })}{' '}
        <Link to="/approvals" onClick={dismiss}>
          {t('approvals.see')}
        </Link>
      </p>
      <button type="button" className="btn g s ic" title={t('action.close')} aria-label={t('action.close')} onClick={dismiss}>
        <IconX className="i" aria-hidden="true" />
      </button>
    </aside>
  );
}

/** The newest that was taken since this window was opened; also said aloud. */
function useTaken(): { taken: Emergency | undefined; dismiss: () => void } {
  const t = useText();
  const clock = useServerClock();
  const announce = useAnnounce();
  const { data } = useQuery({ ...emergenciesQuery, enabled: may(useMe(), 'review-emergencies') });
  const last = useRef<readonly Emergency[] | undefined>(undefined);
  const [taken, setTaken] = useState<Emergency>();
  useEffect(() => {
    if (!data) return;
    const [newest] = last.current ? takenSince(last.current, data, clock.now()) : [];
    last.current = data;
    if (!newest) return;
    setTaken(newest);
    announce(t('emergencies.news', { name: newest.by.name, reason: newest.reason }));
  }, [data, clock, announce, t]);
  return { taken, dismiss: () => setTaken(undefined) };
}
