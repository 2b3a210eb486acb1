import { IconUsers, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX } from 'react';
import type { Approval, Camera } from '../api/model';
import { approvalsQuery, useCameras } from '../api/queries';
import { useAnnounce } from '../components/Announcer';
import { matterText, newsSince, type News } from '../components/approvals';
import { useText } from '../i18n/language';
import type { Text } from '../i18n/catalogue';
import { useServerClock } from '../time/server-clock';
import { useZone } from '../time/site';
import type { Zone } from '../time/zone';

/** It stands in the bar and on its page too, so it may go by itself. */
const SHOWN_MILLIS = 30_000;

/** Tells at the edge of whatever is open that somebody waits for my answer, or that I was answered. It takes no focus. */
export function ApprovalNotice(): JSX.Element | null {
  const t = useText();
  const { news, dismiss } = useNews();
  const { data: cameras } = useCameras();
  const zone = useZone();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (!news || path === '/approvals') return null;
  return (
    <aside className="toast" aria-label={t('approvals.notice')}>
      <IconUsers className="i c-second" aria-hidden="true" />
      <p className="grow">
        {newsText(news, cameras, zone, t)}{' '}
        <Link to="/approvals" onClick={dismiss}>
          {t(news.kind === 'asked' ? 'approvals.answer' : 'approvals.see')}
        </Link>
      </p>
      <button type="button" className="btn g s ic" title={t('action.close')} aria-label={t('action.close')} onClick={dismiss}>
        <IconX className="i" aria-hidden="true" />
      </button>
    </aside>
  );
}

function newsText({ kind, approval }: News, cameras: readonly Camera[] | undefined, zone: Zone, t: Text): string {
  const what = matterText(approval, cameras, zone, t);
  if (kind === 'asked') return t(`approvals.news.asked.${approval.kind}`, { name: approval.by.name, camera: what });
  const name = approval.answered?.by.name ?? '';
  return t(kind === 'approved' ? `approvals.news.approved.${approval.kind}` : 'approvals.news.refused', { name, camera: what });
}

/** The newest of what has changed since this window was opened; also said aloud. */
function useNews(): { news: News | undefined; dismiss: () => void } {
  const t = useText();
  const clock = useServerClock();
  const announce = useAnnounce();
  const zone = useZone();
  const { data } = useQuery(approvalsQuery);
  const { data: cameras } = useCameras();
  const last = useRef<readonly Approval[] | undefined>(undefined);
  const [news, setNews] = useState<News>();
  useEffect(() => {
    if (!data) return;
    const [newest] = last.current ? newsSince(last.current, data, clock.now()) : [];
    last.current = data;
    if (!newest) return;
    setNews(newest);
    announce(newsText(newest, cameras, zone, t));
  }, [data, cameras, clock, announce, zone, t]);
  useEffect(() => {
    if (!news) return undefined;
    const timer = setTimeout(() => setNews(undefined), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [news]);
  // What was answered elsewhere, or withdrawn, waits for nobody any more.
  const isOver = news?.kind === 'asked' && data?.every((each) => each.id !== news.approval.id || !each.mayAnswer);
  return { news: isOver ? undefined : news, dismiss: () => setNews(undefined) };
}
