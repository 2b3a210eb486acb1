import './audit.css';
import { NativeSelect } from '@mantine/core';
import { IconListSearch, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask, withQuery } from '../../api/client';
import { auditPage, type Entry } from '../../api/model';
import { rolesQuery, sitesQuery } from '../../api/queries';
import { CameraAndDays, TextFilter, within } from '../../components/Filters';
import { Time } from '../../components/Time';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import type { Zone } from '../../time/zone';
import type { AuditSearch } from './address';
import { EntryPanel } from './EntryPanel';
import { toldText } from './told';
import { useAbout } from './use-about';
import { actions, outcomes } from './words';

const PAGE = 100;

/** The log, newest first. Reading it is an entry too. */
export function Audit(): JSX.Element {
  const t = useText();
  const zone = useZone();
  const search = useSearch({ from: '/inside/audit' });
  const navigate = useNavigate();
  const { entry: chosen, ...filters } = search;
  const { isFetched: zoneKnown } = useQuery(sitesQuery);
  const log = useInfiniteQuery({
    // Days are days of the site, and each reading is an entry: read once, when the site's zone is known.
    enabled: zoneKnown,
    queryKey: ['audit', filters, zone.name],
    queryFn: ({ pageParam, signal }) => ask('GET', pathFor(filters, zone, pageParam), auditPage, undefined, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.more ? last.next : undefined),
    staleTime: 30_000,
    refetchOnReconnect: false,
    // What the log told is kept no longer than it is shown.
    gcTime: 0,
  });
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  const selected = entries.find((entry) => String(entry.index) === chosen);
  const change = (next: AuditSearch): void => void navigate({ to: '/audit', search: next, replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('screen.audit')}</h1>
        <span className="dim">{t('audit.reading')}</span>
      </div>
      <Filters search={filters} change={change} who={entries.find((entry) => entry.person === filters.person)?.name} />
      <div className={selected ? 'split open' : 'split'}>
        <section className="panel fill">
          {log.isPending && <Loading rows={8} />}
          {log.error && <Failure fault={log.error} retry={() => void log.refetch()} />}
          {log.data && entries.length === 0 && <Empty icon={IconListSearch} title={t('audit.none')} next={t('audit.none.next')} />}
          {entries.length > 0 && (
            <div className="table-scroll">
              <table className="audit-table">
                <thead>
                  <tr>
                    <th scope="col">{t('audit.entry')}</th>
                    <th scope="col">{t('audit.time', { zone: zone.abbreviation(entries[0]?.time ?? 0) })}</th>
                    <th scope="col">{t('audit.who')}</th>
                    <th scope="col">{t('audit.what')}</th>
                    <th scope="col">{t('audit.about')}</th>
                    <th scope="col">{t('audit.outcome')}</th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <Row key={entry.index} entry={entry} on={entry === selected} open={() => change({ ...search, entry: String(entry.index) })} />
                  ))}
                </tbody>
              </table>
              {log.hasNextPage && (
                <div className="pad">
                  <button type="button" className="btn" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                    {t('audit.older')}
                  </button>
                </div>
              )}
            </div>
          )}
        </section>
        {selected && <EntryPanel entry={selected} close={() => change(filters)} />}
      </div>
    </div>
  );
}

function pathFor(filters: AuditSearch, zone: Zone, before: number | undefined): string {
  return withQuery('/audit', {
    before,
    limit: PAGE,
    action: filters.action,
    outcome: filters.outcome,
    person: filters.person,
    object: filters.camera && `camera/${filters.camera}`,
    q: filters.q,
    ...within(filters, zone),
  });
}

function Row({ entry, on, open }: { entry: Entry; on: boolean; open: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const about = useAbout(entry);
  const { data: roles } = useQuery(rolesQuery);
  const told = toldText(entry, t, zone, roles);
  return (
    <tr className={on ? 'pick on' : 'pick'} onClick={open}>
      <td>
        <button type="button" className="cell num dim" aria-expanded={on} onClick={open}>
          № {t.number(entry.index)}
        </button>
      </td>
      <td>
        <Time at={entry.time} />
      </td>
      <td>{entry.name ?? t('audit.nobody')}</td>
      <td className="m">{t.word('act', entry.action)}</td>
      <td className="audit-text">
        {about !== '' && <b>{about}</b>}
        {told.text !== '' && (
          <span className="dim" lang={told.asWritten ? 'en' : undefined}>
            {told.text}
          </span>
        )}
      </td>
      <td>
        <span className={`chip ${entry.outcome === 'done' ? 'ok' : entry.outcome === 'refused' ? 'bad' : 'warn'}`}>{t.word('outcome', entry.outcome)}</span>
      </td>
    </tr>
  );
}

interface FiltersProps {
  readonly search: AuditSearch;
  readonly change: (search: AuditSearch) => void;
  /** Whose entries these are, if only one person's are shown and there are any. */
  readonly who: string | undefined;
}

function Filters({ search, change, who }: FiltersProps): JSX.Element {
  const t = useText();
  const set = (name: keyof AuditSearch, value: string): void => {
    const { [name]: _, ...others } = search;
    change(value === '' ? others : { ...others, [name]: value });
  };
  return (
    <div className="filters" role="search">
      <TextFilter search={search} set={set} label={t('audit.find')} />
      <NativeSelect
        aria-label={t('audit.what')}
        value={search.action ?? ''}
        onChange={(event) => set('action', event.currentTarget.value)}
        data={[{ value: '', label: t('audit.anyAction') }, ...actions.map((action) => ({ value: action, label: t(`act.${action}`) }))]}
      />
      <NativeSelect
        aria-label={t('audit.outcome')}
        value={search.outcome ?? ''}
        onChange={(event) => set('outcome', event.currentTarget.value)}
        data={[{ value: '', label: t('audit.anyOutcome') }, ...outcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))]}
      />
      <CameraAndDays search={search} set={set} />
      {search.person !== undefined && (
        <button type="button" className="btn s" title={t('audit.anybody')} onClick={() => set('person', '')}>
          {who === undefined ? t('told.person', { id: search.person.slice(0, 8) }) : who}
          <span className="vh">: {t('audit.anybody')}</span>
          <IconX className="i s" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
