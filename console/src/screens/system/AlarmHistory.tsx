import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconBellOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { ask, withQuery } from '../../api/client';
import { alarmPage, type Alarm } from '../../api/model';
import { sitesQuery, useCameras } from '../../api/queries';
import { Time } from '../../components/Time';
import { durationText } from '../../components/duration';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { DAY, formatInstant } from '../../time/instant';
import { useZone } from '../../time/site';
import type { Zone } from '../../time/zone';
import type { SystemSearch } from './address';
import { alarmWords, kinds } from './alarm-words';
import { AlarmCamera } from './OpenAlarms';

const PAGE = 50;
const TYPING_MILLIS = 300;
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
          {words.detail !== undefined && (
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
  const from = search.from === undefined ? undefined : zone.fromFields(search.from, '00:00');
  const to = search.to === undefined ? undefined : zone.fromFields(search.to, '00:00');
  return withQuery('/alarms', {
    before,
    limit: PAGE,
    state: search.state,
    kind: search.kind,
    camera: search.camera,
    q: search.q,
    from: from === undefined ? undefined : formatInstant(from),
    // The last day counts whole; a day and a half later is surely in the next one.
    to: to === undefined ? undefined : formatInstant(zone.startOfDay(to + DAY * 1.5)),
  });
}

function Filters({ search }: { search: SystemSearch }): JSX.Element {
  const t = useText();
  const navigate = useNavigate();
  const { data: cameras = [] } = useCameras();
  const [text, setText] = useState(search.q ?? '');
  const set = (name: keyof SystemSearch, value: string): void => {
    const { [name]: _, ...others } = search;
    void navigate({ to: '/system', search: value === '' ? others : { ...others, [name]: value }, replace: true });
  };
  const typed = useDebouncedCallback((value: string) => set('q', value), TYPING_MILLIS);
  return (
    <div className="filters" role="search">
      <label className="search-field">
        <IconSearch className="i s" aria-hidden="true" />
        <input
          type="search"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            typed(event.currentTarget.value);
          }}
          placeholder={t('alarms.find')}
          aria-label={t('alarms.find')}
        />
      </label>
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
      <NativeSelect
        aria-label={t('alarms.camera')}
        value={search.camera ?? ''}
        onChange={(event) => set('camera', event.currentTarget.value)}
        data={[{ value: '', label: t('alarms.anyCamera') }, ...cameras.map((camera) => ({ value: camera.id, label: camera.name }))]}
      />
      <TextInput type="date" aria-label={t('alarms.from')} value={search.from ?? ''} onChange={(event) => set('from', event.currentTarget.value)} />
      <span className="dim">–</span>
      <TextInput type="date" aria-label={t('alarms.to')} value={search.to ?? ''} onChange={(event) => set('to', event.currentTarget.value)} />
    </div>
  );
}
