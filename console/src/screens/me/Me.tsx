import './me.css';
import { IconLogout } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ask, withQuery } from '../../api/client';
import { auditPage, itemsOf, ended, ownSession, type OwnSession } from '../../api/model';
import { useMe } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Time } from '../../components/Time';
import { rolesText } from '../../components/roles';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import { toldText } from '../audit/told';
import { Passkeys } from './Passkeys';
import { RecoveryCodes } from './RecoveryCodes';

/** What is kept of whoever looks: roles, sessions, and what the log has of them. */
export function MyData(): JSX.Element {
  const t = useText();
  const me = useMe();
  return (
    <div className="page mine">
      <div className="page-head">
        <h1>{t('mine.title')}</h1>
        <span className="dim">
          {me.person.name}, {rolesText(me.person.roles, t)}
        </span>
      </div>
      <p className="dim">{t('mine.lead')}</p>
      <div className="two keys-of-mine">
        <div>
          <Passkeys />
          <RecoveryCodes />
        </div>
        <MySessions />
      </div>
      <MyEntries />
    </div>
  );
}

function MySessions(): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['mine', 'sessions'], queryFn: async ({ signal }) => (await ask('GET', '/me/sessions', itemsOf(ownSession), undefined, signal)).items });
  const end = useMutation({
    mutationFn: (which: OwnSession | undefined) => ask('DELETE', which ? `/me/sessions/${which.id}` : '/me/sessions', ended),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['mine', 'sessions'] });
      announce(t.count('mine.ended', done.ended));
    },
  });
  const others = (sessions.data ?? []).filter((each) => !each.current);
  return (
    <section className="panel">
      <header>
        <h2>{t('mine.sessions')}</h2>
        {others.length > 0 && (
          <button type="button" className="btn x end" disabled={end.isPending} onClick={() => end.mutate(undefined)}>
            <IconLogout className="i" aria-hidden="true" />
            {t('mine.endOthers')}
          </button>
        )}
      </header>
      {sessions.isPending && <Loading />}
      {sessions.error && <Failure fault={sessions.error} retry={() => void sessions.refetch()} />}
      {end.error && <Failure fault={end.error} />}
      {sessions.data && (
        <ul className="mine-sessions">
          {sessions.data.map((session) => (
            <li key={session.id} className="row wrap">
              <span className="grow">
                <b>{t(`mine.kind.${session.kind}`)}</b> <span className="mono">{session.address}</span>
                <span className="block dim ell">{session.workstation}</span>
                <span className="block dim sm">
                  {t('mine.since')} <Time at={session.signedInAt} />, {t('mine.seen')} <Time at={session.lastSeen} />
                </span>
              </span>
              {session.current ? (
                <span className="chip ok">{t('mine.this')}</span>
              ) : (
                <button type="button" className="btn" disabled={end.isPending} onClick={() => end.mutate(session)}>
                  {t('mine.end')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function MyEntries(): JSX.Element {
  const t = useText();
  const zone = useZone();
  const { person } = useMe();
  const pages = useInfiniteQuery({
    queryKey: ['mine', 'entries'],
    queryFn: ({ pageParam, signal }) => ask('GET', withQuery('/me/entries', { before: pageParam, limit: 50 }), auditPage, undefined, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => (last.more ? last.next : undefined),
    staleTime: 60_000,
    // Each reading is an entry too: none that nobody asked for.
    refetchOnReconnect: false,
  });
  const entries = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel fill">
      <header>
        <h2>{t('mine.entries')}</h2>
      </header>
      {pages.isPending && <Loading rows={6} />}
      {pages.error && <Failure fault={pages.error} retry={() => void pages.refetch()} />}
      {pages.data && entries.length === 0 && <Empty icon={IconLogout} title={t('mine.noEntries')} next={t('mine.noEntries.next')} />}
      {/* A list that scrolls and holds nothing to press is scrolled by keys. */}
      <ul className="mine-entries" tabIndex={0} aria-label={t('mine.entries')}>
        {entries.map((entry) => {
          const told = toldText(entry, t, zone, person.roles);
          return (
            <li key={entry.index}>
              <Time at={entry.time} />
              <span>
                {t.word('act', entry.action)}
                {told.text !== '' && (
                  <span className="block dim" lang={told.asWritten ? 'en' : undefined}>
                    {told.text}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {pages.hasNextPage && (
        <button type="button" className="btn" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('mine.more')}
        </button>
      )}
    </section>
  );
}
