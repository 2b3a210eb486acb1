import { PasswordInput, TextInput } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { invitation, me as meDecoder, type Invitation, type Me } from '../../api/model';
import { PasskeyForm } from '../../components/AddPasskey';
import { CodeInput } from '../../components/CodeInput';
import { CopyButton } from '../../components/CopyButton';
import { DoorPage } from '../../components/DoorPage';
import { QrCode } from '../../components/QrCode';
import { passkeysHere } from '../../components/passkey';
import { takeFragment } from '../../components/fragment';
import { Empty, Failure, Loading, faultText } from '../../components/states';
import { rolesText } from '../../components/roles';
import { useText } from '../../i18n/language';
import { useEnter } from '../sign-in/SignIn';
import { FEWEST_CHARACTERS, passwordFacts } from './password';

/** `/enrol#token`: somebody was invited and makes the account their own. */
export function Enrol(): JSX.Element {
  const t = useText();
  const [token] = useState(() => takeFragment('/enrol'));
  const look = useQuery({
    queryKey: ['enrolment', token],
    queryFn: () => ask('POST', '/enrolments/look', invitation, { token }),
    enabled: token !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const enter = useEnter();
  const [entered, setEntered] = useState<Me>();
  if (entered) return <OfferPasskey me={entered} go={() => enter(entered)} />;
  const lead = look.data ? t('enrol.lead', { role: rolesText(look.data.roles, t) }) : t('enrol.lead.unknown');
  return (
    <DoorPage title={look.data?.name || t('enrol.title')} lead={lead} aside={<Secret invitation={look.data} />} asideFirst={look.data !== undefined}>
      {token === undefined && (
        <Empty icon={IconLinkOff} title={t('enrol.noToken')} next={t('enrol.noToken.next')}>
          <Link className="btn" to="/">
            {t('enrol.toSignIn')}
          </Link>
        </Empty>
      )}
      {look.isLoading && <Loading />}
      {look.error && <Failure fault={look.error} />}
      {token !== undefined && look.data && <Accept token={token} name={look.data.name} mayRename={look.data.mayRename} entered={(me) => (passkeysHere() ? setEntered(me) : enter(me))} />}
    </DoorPage>
  );
}

function Secret({ invitation: known }: { invitation: Invitation | undefined }): JSX.Element {
  const t = useText();
  if (!known) return <p className="dim">{t('enrol.waiting')}</p>;
  return (
    <>
      <h2>{t('enrol.secret')}</h2>
      <p className="dim">{t('enrol.secret.how')}</p>
      <QrCode text={known.otpauth} label={t('enrol.qr')} />
      <p className="show-s">
        <a className="btn" href={known.otpauth}>
          {t('enrol.open')}
        </a>
      </p>
      <div>
        <p className="lbl">{t('enrol.byHand')}</p>
        <p className="row secret">
          <code className="mono grow">{known.totpSecret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyButton text={known.totpSecret} />
        </p>
      </div>
    </>
  );
}

/** They are signed in; the next time can be easier than a password. */
function OfferPasskey({ me, go }: { me: Me; go: () => void }): JSX.Element {
  const t = useText();
  return (
    <DoorPage title={t('enrol.passkey')} lead={t('enrol.passkey.lead', { name: me.person.name })} aside={<p className="dim">{t('enrol.passkey.why')}</p>}>
      <PasskeyForm added={go} close={go} closeLabel={t('enrol.passkey.later')} />
    </DoorPage>
  );
}

interface AcceptProps {
  readonly token: string;
  readonly name: string;
  readonly mayRename: boolean;
  readonly entered: (me: Me) => void;
}

function Accept({ token, name: given, mayRename, entered }: AcceptProps): JSX.Element {
  const t = useText();
  const [name, setName] = useState(given);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const accept = useMutation({
    mutationFn: () =>
      ask('POST', '/enrolments/accept', meDecoder, { token, password, code, ...(mayRename ? { name: name.trim() } : {}) }),
    onSuccess: entered,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  const fault = (field: string): string | undefined => faultText(accept.error, field, t);
  return (
    <form className="col form" onSubmit={submit}>
      {mayRename && (
        <TextInput
          label={t('enrol.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
          withAsterisk={false}
          error={fault('name')}
        />
      )}
      {/* A password manager files the password under this name. */}
      {!mayRename && <input className="vh" type="text" autoComplete="username" value={given} readOnly tabIndex={-1} aria-hidden="true" />}
      <PasswordInput
        label={t('enrol.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        maxLength={1000}
        required
        withAsterisk={false}
        error={fault('password')}
        aria-describedby="password-facts"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      <PasswordFacts password={password} name={name} />
      <CodeInput label={t('enrol.code')} value={code} onChange={setCode} error={fault('code')} />
      {accept.error && <Failure fault={accept.error} />}
      <button type="submit" className="btn p big" disabled={accept.isPending || code.length < 6 || [...password].length < FEWEST_CHARACTERS}>
        {t('enrol.action')}
      </button>
    </form>
  );
}

function PasswordFacts({ password, name }: { password: string; name: string }): JSX.Element {
  const t = useText();
  return (
    <ul id="password-facts" className="facts sm" aria-live="polite">
      {passwordFacts(password, name).map((fact) => (
        <li key={fact.key} className={fact.holds ? 'c-live' : 'dim'}>
          <span aria-hidden="true">{fact.holds ? '✓' : '○'}</span>{' '}
          {fact.key === 'length' ? t('password.length', { n: [...password].length, fewest: FEWEST_CHARACTERS }) : t(`password.${fact.key}`)}
        </li>
      ))}
    </ul>
  );
}
