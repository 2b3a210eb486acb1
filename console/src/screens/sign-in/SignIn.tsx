import { IconEyeCheck, IconLock, IconShieldLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type JSX } from 'react';
import { ask } from '../../api/client';
import { me as meDecoder, type Me, type Problem, type Server } from '../../api/model';
import { endedKey, forget, meQuery, serverQuery } from '../../api/queries';
import { DoorPage } from '../../components/DoorPage';
import { Failure, problemText } from '../../components/states';
import { takeFragment } from '../../components/fragment';
import type { Text } from '../../i18n/catalogue';
import { useText } from '../../i18n/language';
import type { Micros } from '../../time/instant';
import { SignInWays } from './SignInWays';

/** The page of whoever is not signed in. A one-time link of the demo (`/sign-in#token`) opens it too. */
export function SignIn(): JSX.Element {
  const t = useText();
  const { data: server } = useQuery(serverQuery);
  const ended = useQueryClient().getQueryData<Problem>(endedKey);
  const enter = useEnter();
  const byLink = useLinkSignIn(enter);
  return (
    <DoorPage title={titleOf(server, t)} lead={t('signIn.lead')} aside={<BeforeYouSignIn />}>
      {byLink.isPending && <p role="status">{t('signIn.link')}</p>}
      {byLink.error && <Failure fault={byLink.error} />}
      {ended?.key === 'problem.signed-in-elsewhere' && (
        <p className="note warn" role="status">
          {problemText(ended, 401, t).what} {problemText(ended, 401, t).next}
        </p>
      )}
      {server?.demo && <p className="note">{t('signIn.demo')}</p>}
      {server && !server.demo && !server.enrolled && <p className="note">{t('signIn.notEnrolled')}</p>}
      {server !== undefined && server.madeAlone > 0 && <p className="note warn">{t.count('signIn.madeAlone', server.madeAlone)}</p>}
      {server?.officerRecoveredAt !== undefined && (
        <p className="note warn">{t('signIn.recovered', { when: here(server.officerRecoveredAt, t) })}</p>
      )}
      <SignInWays enter={enter} />
    </DoorPage>
  );
}

/** Whoever is not signed in does not know the site's zone: theirs, with its name. */
function here(at: Micros, t: Text): string {
  return new Date(at / 1000).toLocaleString(t.language, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
}

function titleOf(server: Server | undefined, t: Text): string {
  if (!server) return t('signIn.action');
  return server.demo ? t('demo.name') : t('signIn.title', { name: server.name });
}

function useLinkSignIn(enter: (me: Me) => void) {
  const mutation = useMutation({
    mutationFn: (token: string) => ask('POST', '/sign-in/link', meDecoder, { token }),
    onSuccess: enter,
  });
  const { mutate } = mutation;
  const tried = useRef(false);
  useEffect(() => {
    if (tried.current) return;
    tried.current = true;
    const token = takeFragment('/sign-in');
    if (token) mutate(token);
  }, [mutate]);
  return mutation;
}

/** Remembers who came in; the page they asked for appears, or their first one. */
export function useEnter(): (me: Me) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (me) => {
    // The page that is shown keeps what it shows until it is gone.
    forget(queries, 'inactive');
    queries.setQueryData(meQuery.queryKey, me);
    if (path === '/sign-in' || path === '/enrol') void navigate({ to: '/', replace: true });
  };
}

function BeforeYouSignIn(): JSX.Element {
  const t = useText();
  return (
    <>
      <h2>{t('signIn.before')}</h2>
      <ul>
        <li>
          <IconEyeCheck className="i l" aria-hidden="true" />
          <div>
            <b>{t('signIn.recorded')}</b>
            <p className="dim">{t('signIn.recorded.how')}</p>
          </div>
        </li>
        <li>
          <IconShieldLock className="i l" aria-hidden="true" />
          <div>
            <b>{t('signIn.sealed')}</b>
            <p className="dim">{t('signIn.sealed.how')}</p>
          </div>
        </li>
        <li>
          <IconLock className="i l" aria-hidden="true" />
          <div>
            <b>{t('signIn.own')}</b>
            <p className="dim">{t('signIn.own.how')}</p>
          </div>
        </li>
      </ul>
    </>
  );
}
