import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { approvalsQuery } from '../api/queries';
import { waitsForMe } from '../components/approvals';
import { useText } from '../i18n/language';
import { useNow } from '../time/server-clock';

/** The way to requests for approval, and how many wait for my answer. */
export function Inbox(): JSX.Element {
  const t = useText();
  const now = useNow();
  const { data = [] } = useQuery(approvalsQuery);
  const waiting = data.filter((each) => waitsForMe(each, now)).length;
  const words = waiting === 0 ? t('approvals.inbox') : t.count('approvals.waiting', waiting);
  return (
    <Link to="/approvals" className="btn g inbox" aria-label={words} title={words}>
      <IconUsers className={waiting === 0 ? 'i l' : 'i l c-second'} aria-hidden="true" />
      {waiting > 0 && (
        <span className="badge-n" aria-hidden="true">
          {waiting > 99 ? '99+' : waiting}
        </span>
      )}
    </Link>
  );
}
