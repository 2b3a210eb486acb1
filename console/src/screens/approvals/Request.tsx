import { IconHistory } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { isLook, type Approval } from '../../api/model';
import { useCameras } from '../../api/queries';
import { Time } from '../../components/Time';
import { intervalText, matterText, stateOf, whyText } from '../../components/approvals';
import { durationText } from '../../components/duration';
import { useText } from '../../i18n/language';
import type { Text } from '../../i18n/catalogue';
import { DAY, MINUTE, SECOND, type Micros } from '../../time/instant';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import { utcText, type Zone } from '../../time/zone';

interface RequestProps {
  readonly approval: Approval;
  /** What became of it, or until when it waits. */
  readonly state: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** One request: who, which camera, of when, what for, and why in their own words. */
export function Request({ approval, state, children }: RequestProps): JSX.Element {
  const t = useText();
  const zone = useZone();
  const { data: cameras } = useCameras();
  const why = whyText(approval, t);
  const who = approval.own ? why : why === '' ? approval.by.name : t('approvals.by', { name: approval.by.name, why });
  return (
    <li data-request={approval.id}>
      <IconHistory className="i dim" aria-hidden="true" />
      <div className="request">
        <b>
          {matterText(approval, cameras, zone, t)}
          {isLook(approval) && (
            <>
              , <span title={`${utcText(approval.from)} – ${utcText(approval.to)}`}>{intervalText(approval.from, approval.to, zone)}</span> <span className="dim">({durationText(approval.to - approval.from, t)})</span>
            </>
          )}
        </b>
        {who !== '' && <p className="sm dim">{who}</p>}
        {approval.reason !== '' && <blockquote>{approval.reason}</blockquote>}
        <p className="sm facts">
          <span className="dim">
            {t('approvals.askedAt')} <Time at={approval.askedAt} />
          </span>
          {state}
        </p>
      </div>
      {children}
    </li>
  );
}

/** One that is over for whoever reads it. */
export function Told({ approval }: { approval: Approval }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  return <Request approval={approval} state={<span>{stateText(approval, now, zone, t)}</span>} />;
}

/** What became of it, in one sentence. */
export function stateText(approval: Approval, now: Micros, zone: Zone, t: Text): string {
  const { answered } = approval;
  const said = answered ? t(answered.yes ? 'approvals.said.yes' : 'approvals.said.no', { name: answered.by.name, time: zone.time(answered.at) }) : '';
  switch (stateOf(approval, now)) {
    case 'waiting':
      if (approval.aloneAt !== undefined) return t('approvals.state.alone', { time: zone.dayAndTime(approval.aloneAt) });
      return t('approvals.state.waiting', { time: approval.waitsUntil - now < DAY ? zone.time(approval.waitsUntil) : zone.dayAndTime(approval.waitsUntil), left: leftText(approval.waitsUntil, now, t) });
    case 'approved':
      return `${said} ${t('approvals.state.approved', { left: leftText(approval.goodUntil ?? now, now, t) })}`;
    case 'refused':
      return said;
    case 'withdrawn':
      return t('approvals.state.withdrawn');
    case 'used':
      return `${said} ${t(approval.kind === 'rights' ? 'approvals.state.made' : approval.kind === 'removal' ? 'approvals.state.removed' : 'approvals.state.used')}`;
    case 'expired':
      return answered ? `${said} ${t('approvals.state.unused')}` : t('approvals.state.unanswered');
  }
}

/** Minutes while there are many, then seconds. */
function leftText(until: Micros, now: Micros, t: Text): string {
  const left = Math.max(0, until - now);
  const unit = left >= 10 * MINUTE ? MINUTE : SECOND;
  return durationText(Math.floor(left / unit) * unit, t);
}
