import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { may } from '../api/model';
import { approvalsQuery, emergenciesQuery, useMe } from '../api/queries';
import { waitsForMe } from '../components/approvals';
import { waitsForReview } from '../components/emergencies';
import { useText } from '../i18n/language';
import { useNow } from '../time/server-clock';

/** The way to requests for approval, and how many wait for my answer; with them what is to be reviewed of emergencies. */
export function Inbox(): JSX.Element {
  const t = useText();
  const now = useNow();
  const { data = [] } = useQuery(approvalsQuery);
  const { data: emergencies = [] } = useQuery({ ...emergenciesQuery, enabled: may(useMe(), 'review-emergencies') });
  const asked = data.filter((each) => waitsForMe(each, now)).length;
  const taken = emergencies.filter((each) => waitsForReview(each, now)).length;
  const waiting = asked + taken;
  const approvals = asked === 0 ? t('approvals.inbox') : t.count('approvals.waiting', asked);
  const words = taken === 0 ? approvals : `${approvals}. ${t.count('emergencies.waiting', taken)}`;
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
