import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Entry } from '../../api/model';
import { rolesQuery } from '../../api/queries';
import { CopyButton } from '../../components/CopyButton';
import { Time } from '../../components/Time';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import { utcText } from '../../time/zone';
import { toldText } from './told';
import { useAbout } from './use-about';

export function EntryPanel({ entry, close }: { entry: Entry; close: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const about = useAbout(entry);
  const { data: roles } = useQuery(rolesQuery);
  const told = toldText(entry, t, zone, roles);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('audit.who'), entry.name],
    [t('audit.person'), entry.person],
    [t('audit.address'), entry.address],
    [t('audit.about'), about],
    [t('audit.on'), entry.object],
    [t('audit.why'), entry.purpose && (t.has(`purpose.${entry.purpose}`) ? t.word('purpose', entry.purpose) : entry.purpose)],
    [t('audit.case'), entry.caseNumber],
    [t('audit.outcome'), t.word('outcome', entry.outcome)],
  ];
  return (
    <aside className="panel detail" aria-label={t('audit.entryNumber', { n: t.number(entry.index) })}>
      <header>
        <h2>{t('audit.entryNumber', { n: t.number(entry.index) })}</h2>
        <span className="end row">
          <CopyButton text={JSON.stringify(entry)} />
          <button type="button" className="btn g s ic" title={t('action.close')} aria-label={t('action.close')} onClick={close}>
            <IconX className="i" aria-hidden="true" />
          </button>
        </span>
      </header>
      <div className="detail-body">
        <p className="entry-title">{t.word('act', entry.action)}</p>
        {told.text !== '' && <p lang={told.asWritten ? 'en' : undefined}>{told.text}</p>}
        {entry.text !== undefined && entry.text !== '' && entry.text !== told.text && (
          <p className="dim sm">
            {t('audit.written')} <q lang="en">{entry.text}</q>
          </p>
        )}
        <dl className="kv">
          <dt>{t('audit.timeFull')}</dt>
          <dd>
            <Time at={entry.time} show="full" />
            <span className="dim block num">{utcText(entry.time)}</span>
          </dd>
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name} className="contents">
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
          <dt>{t('audit.code')}</dt>
          <dd className="mono">{entry.action}</dd>
          {entry.decision !== undefined && (
            <>
              <dt>{t('audit.decision')}</dt>
              <dd className="mono">{inFours(entry.decision)}</dd>
            </>
          )}
          <dt>{t('audit.hash')}</dt>
          <dd className="mono">{inFours(entry.hash)}</dd>
        </dl>
        <p className="note sm dim">{t('audit.hash.how')}</p>
      </div>
    </aside>
  );
}

function inFours(digits: string): string {
  return digits.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
