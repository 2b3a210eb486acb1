import { NativeSelect } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask, withQuery } from '../../api/client';
import { alarmPage, type Alarm } from '../../api/model';
import { sitesQuery } from '../../api/queries';
import { CameraAndDays, TextFilter, within } from '../../components/Filters';
import { Time } from '../../components/Time';
import { durationText } from '../../components/duration';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import type { Zone } from '../../time/zone';
import type { SystemSearch } from './address';
import { alarmWords, kinds } from './alarm-words';
import { AlarmCamera } from './OpenAlarms';

const PAGE = 50;
const REFRESH_MILLIS = 15_000;

/** Every alarm there was, newest first. */
export function AlarmHistory(): JSX.Element {
  const t = useText();
  const zone = useZone();
  const search = useSearch({ from: '/inside/system' });
  const { isFetched: zoneKnown } = useQuery(sitesQuery);
  const history = useInfiniteQuery({
    enabled: zoneKnown,
    queryKey: ['alarms', search, zone.name],
    queryFn: ({ pageParam, signal }) => ask('GET', pathFor(search, zone, pageParam), alarmPage, undefined, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.more ? last.next : undefined),
    refetchInterval: REFRESH_MILLIS,
  });
  const alarms = history.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <section className="panel alarm-history" aria-label={t('alarms.history')}>
      <header>
        <h2>{t('alarms.history')}</h2>
      </header>
      <Filters search={search} />
      {history.isPending && <Loading rows={4} />}
      {history.error && !history.data && <Failure fault={history.error} retry={() => void history.refetch()} />}
      {history.data && alarms.length === 0 && (
        <Empty icon={IconBellOff} title={t(isFiltered ? 'alarms.none' : 'alarms.never')} next={t(isFiltered ? 'alarms.none.next' : 'alarms.never.next')} />
      )}
      {alarms.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('alarms.history')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('alarms.since')}</th>
                <th scope="col">{t('alarms.what')}</th>
                <th scope="col">{t('alarms.lasted')}</th>
                <th scope="col">{t('alarms.state')}</th>
                <th scope="col">{t('alarms.who')}</th>
              </tr>
            </thead>
            <tbody>
              {alarms.map((alarm) => (
                <Row key={alarm.number} alarm={alarm} />
              ))}
            </tbody>
          </table>
          {history.hasNextPage && (
            <div className="pad">
              <button type="button" className="btn" disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {t('alarms.older')}
              </button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function Row({ alarm }: { alarm: Alarm }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const words = alarmWords(alarm, t, zone);
  return (
    <tr>
      <td>
        <Time at={alarm.since} />
      </td>
      <td>
        <b>{words.what}</b>
        <span>
          <AlarmCamera alarm={alarm} />
          {words.detail === undefined ? (
            <span className="dim"> {words.why}</span>
          ) : (
            <span className="dim" lang="en">
              {' '}
              {words.detail}
            </span>
          )}
        </span>
      </td>
      <td className="num nw">
        {alarm.endedAt === undefined ? '–' : durationText(Math.max(0, alarm.endedAt - alarm.since), t)}
        {alarm.times > 1 && <span className="dim"> {t('alarms.times', { n: t.number(alarm.times) })}</span>}
      </td>
      <td>
        <span className={`chip ${alarm.end === 'stands' ? (alarm.severity === 'critical' ? 'bad' : 'warn') : 'line'}`}>{t(`alarms.end.${alarm.end}`)}</span>
      </td>
      <td>
        {alarm.acknowledged ? (
          <>
            {alarm.acknowledged.name}
            {alarm.acknowledged.note !== '' && <span className="dim block">{alarm.acknowledged.note}</span>}
          </>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}

function pathFor(search: SystemSearch, zone: Zone, before: number | undefined): string {
  return withQuery('/alarms', {
    before,
    limit: PAGE,
    state: search.state,
    kind: search.kind,
    camera: search.camera,
    q: search.q,
    ...within(search, zone),
  });
}

function Filters({ search }: { search: SystemSearch }): JSX.Element {
  const t = useText();
  const navigate = useNavigate();
  const set = (name: keyof SystemSearch, value: string): void => {
    const { [name]: _, ...others } = search;
    void navigate({ to: '/system', search: value === '' ? others : { ...others, [name]: value }, replace: true });
  };
  return (
    <div className="filters" role="search">
      <TextFilter search={search} set={set} label={t('alarms.find')} />
      <NativeSelect
        aria-label={t('alarms.state')}
        value={search.state ?? ''}
        onChange={(event) => set('state', event.currentTarget.value)}
        data={[
          { value: '', label: t('alarms.anyState') },
          { value: 'open', label: t('alarms.state.open') },
          { value: 'ended', label: t('alarms.state.ended') },
        ]}
      />
      <NativeSelect
        aria-label={t('alarms.kind')}
        value={search.kind ?? ''}
        onChange={(event) => set('kind', event.currentTarget.value)}
        data={[{ value: '', label: t('alarms.anyKind') }, ...kinds.map((kind) => ({ value: kind, label: t.word('alarm', kind) }))]}
      />
      <CameraAndDays search={search} set={set} />
    </div>
  );
}
