import './approvals.css';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type JSX, type ReactNode, type RefObject } from 'react';
import { may, type Approval } from '../../api/model';
import { approvalsQuery, useCameras, useMe } from '../../api/queries';
import { matterText, waitsForMe, whyText } from '../../components/approvals';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import type { PlainKey } from '../../i18n/catalogue';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import { Asked } from './Asked';
import { Emergencies } from './Emergencies';
import { Told } from './Request';
import { Waiting } from './Waiting';

const answering = ['approve-playback', 'approve-removal', 'approve-rights'] as const;
const asking = ['play-back', 'remove-recorded-camera', 'widen-rights'] as const;

/** What waits for my yes or no, what I asked for, and what I answered. */
export function Approvals(): JSX.Element {
  const t = useText();
  const me = useMe();
  const now = useNow();
  const zone = useZone();
  const { data, error, refetch, isPending } = useQuery(approvalsQuery);
  const { data: cameras } = useCameras();
  const [wanted, setWanted] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const words = wanted.trim().toLocaleLowerCase(t.locale);
  const told = (each: Approval): string => [each.by.name, each.answered?.by.name, matterText(each, cameras, zone, t), whyText(each, t), each.reason].filter(Boolean).join(' ');
  const found = (data ?? []).filter((each) => told(each).toLocaleLowerCase(t.locale).includes(words));
  const waiting = found.filter((each) => waitsForMe(each, now)).toSorted((one, other) => one.waitsUntil - other.waitsUntil);
  const asked = found.filter((each) => each.own);
  const answered = found.filter((each) => each.answered?.by.id === me.person.id);
  const mayAnswer = answering.some((right) => may(me, right));
  const mayAsk = asking.some((right) => may(me, right));
  const nothing = words === '' ? undefined : t('list.noMatch', { wanted: wanted.trim() });
  return (
    <div className="page approvals">
      <div className="page-head">
        <h1>{t('screen.approvals')}</h1>
        <label className="search-field end">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('approvals.find')} aria-label={t('approvals.find')} />
        </label>
      </div>
      <p className="dim lead">{t('approvals.lead')}</p>
      {may(me, 'review-emergencies') && <Emergencies wanted={wanted.trim()} />}
      {isPending && <Loading />}
      {error && <Failure fault={error} retry={() => void refetch()} />}
      {data && (mayAnswer || waiting.length > 0) && (
        <Section title="approvals.title.waiting" count={waiting.length} empty={nothing} next="approvals.none.waiting" heading={heading}>
          {waiting.map((each) => (
            <Waiting key={each.id} approval={each} answered={() => heading.current?.focus()} />
          ))}
        </Section>
      )}
      {data && (mayAsk || asked.length > 0 || !mayAnswer) && (
        <Section title="approvals.title.asked" count={asked.length} empty={nothing} next={mayAsk ? 'approvals.none.asked' : 'approvals.none.neither'}>
          {asked.map((each) => (
            <Asked key={each.id} approval={each} />
          ))}
        </Section>
      )}
      {data && (mayAnswer || answered.length > 0) && (
        <Section title="approvals.title.answered" count={answered.length} empty={nothing} next="approvals.none.answered">
          {answered.map((each) => (
            <Told key={each.id} approval={each} />
          ))}
        </Section>
      )}
    </div>
  );
}

interface SectionProps {
  readonly title: PlainKey;
  readonly count: number;
  /** Said in place of the usual words if a search is why nothing is here. */
  readonly empty: string | undefined;
  readonly next: 'approvals.none.waiting' | 'approvals.none.asked' | 'approvals.none.answered' | 'approvals.none.neither';
  readonly heading?: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}

function Section({ title, count, empty, next, heading, children }: SectionProps): JSX.Element {
  const t = useText();
  return (
    <section className="panel" aria-label={t(title)}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t(title)}
        </h2>
        <span className="badge-count">{t.number(count)}</span>
      </header>
      {count === 0 ? (
        <Empty icon={empty === undefined ? IconInbox : IconSearch} title={empty ?? t(next)} next={empty === undefined ? t(`${next}.next`) : t('list.noMatch.next')} />
      ) : (
        <ul className="requests">{children}</ul>
      )}
    </section>
  );
}
