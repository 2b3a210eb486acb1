import { PasswordInput, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { assertionAsk, me as meDecoder, type Me } from '../../api/model';
import { CodeInput } from '../../components/CodeInput';
import { passkeysHere, signByPasskey } from '../../components/passkey';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';

/** A passkey; or name, password and a code, or a recovery code. */
export function SignInWays({ enter }: { enter: (me: Me) => void }): JSX.Element {
  const t = useText();
  const byPassword = useMutation({
    mutationFn: (body: { name: string; password: string; code: string }) => ask('POST', '/sign-in', meDecoder, body),
    onSuccess: enter,
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [byPaper, setByPaper] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    byPassword.mutate({ name: name.trim(), password, code });
  };
  return (
    <>
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
    </>
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
