import { PasswordInput, TextInput } from '@mantine/core';
import { IconEyeCheck, IconFingerprint, IconLock, IconShieldLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { assertionAsk, me as meDecoder, type Me, type Server } from '../../api/model';
import { meQuery, serverQuery } from '../../api/queries';
import { CodeInput } from '../../components/CodeInput';
import { DoorPage } from '../../components/DoorPage';
import { passkeysHere, signByPasskey } from '../../components/passkey';
import { Failure } from '../../components/states';
import { takeFragment } from '../../components/fragment';
import type { Text } from '../../i18n/catalogue';
import { useText } from '../../i18n/language';

/** Name, password and code. A one-time link of the demo (`/sign-in#token`) needs none of them. */
export function SignIn(): JSX.Element {
  const t = useText();
  const { data: server } = useQuery(serverQuery);
  const enter = useEnter();
  const byPassword = useMutation({
    mutationFn: (body: { name: string; password: string; code: string }) => ask('POST', '/sign-in', meDecoder, body),
    onSuccess: enter,
  });
  const byLink = useLinkSignIn(enter);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [byPaper, setByPaper] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    byPassword.mutate({ name: name.trim(), password, code });
  };
  return (
    <DoorPage title={titleOf(server, t)} lead={t('signIn.lead')} aside={<BeforeYouSignIn />}>
      {byLink.isPending && <p role="status">{t('signIn.link')}</p>}
      {byLink.error && <Failure fault={byLink.error} />}
      {server?.demo && <p className="note">{t('signIn.demo')}</p>}
      {server && !server.demo && !server.enrolled && <p className="note">{t('signIn.notEnrolled')}</p>}
      {server !== undefined && server.madeAlone > 0 && <p className="note warn">{t.count('signIn.madeAlone', server.madeAlone)}</p>}
      {passkeysHere() && <ByPasskey enter={enter} />}
      <form className="col form" onSubmit={submit}>
        <TextInput
          label={t('signIn.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="username"
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
        />
        <PasswordInput
          label={t('signIn.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          maxLength={1000}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
        {byPaper ? (
          <TextInput label={t('recovery.code')} description={t('recovery.code.how')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="off" spellCheck={false} maxLength={40} />
        ) : (
          <CodeInput value={code} onChange={setCode} />
        )}
        <button
          type="button"
          className="link"
          onClick={() => {
            setByPaper(!byPaper);
            setCode('');
          }}
        >
          {t(byPaper ? 'signIn.byCode' : 'signIn.byPaper')}
        </button>
        {byPassword.error && <Failure fault={byPassword.error} />}
        <button type="submit" className={passkeysHere() ? 'btn big' : 'btn p big'} disabled={byPassword.isPending || code.length < 6}>
          {t(byPassword.isPending ? 'signIn.checking' : 'signIn.action')}
        </button>
      </form>
    </DoorPage>
  );
}

/** The first way: no name, nothing to type, nothing that somebody else could type. */
function ByPasskey({ enter }: { enter: (me: Me) => void }): JSX.Element {
  const t = useText();
  const sign = useMutation({
    mutationFn: async () => {
      const asked = await ask('POST', '/sign-in/passkey/options', assertionAsk);
      return ask('POST', '/sign-in/passkey', meDecoder, await signByPasskey(asked));
    },
    onSuccess: enter,
  });
  return (
    <div className="col gap">
      <button type="button" className="btn p big" disabled={sign.isPending} onClick={() => sign.mutate()}>
        <IconFingerprint className="i" aria-hidden="true" />
        {t(sign.isPending ? 'passkey.waiting' : 'signIn.passkey')}
      </button>
      {sign.error && <Failure fault={sign.error} />}
      <p className="or">{t('signIn.or')}</p>
    </div>
  );
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
