import { Modal } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type JSX } from 'react';
import { ask, onProofNeeded } from '../api/client';
import { me as meDecoder, proofAsk } from '../api/model';
import { meQuery } from '../api/queries';
import { useText } from '../i18n/language';
import { CodeInput } from './CodeInput';
import { useEscapeAlone } from './escape';
import { passkeysHere, signByPasskey } from './passkey';
import { ProveTogether } from './prove-together';
import { Failure, Loading, faultText } from './states';

/** What needs a fresh proof of who somebody is asks for it here. One dialog for the whole console, however many ask. */
export function ProofDesk(): JSX.Element {
  const queries = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [together] = useState(() => new ProveTogether(setOpened));
  useEffect(() => onProofNeeded({ person: () => personIn(queries), prove: (signal) => together.wait(signal) }), [queries, together]);
  // Read, not asked for: to ask who I am is a sign of life.
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  const person = me?.person.id;
  useEffect(() => together.signedIn(person), [person, together]);
  return <ProveAgain opened={opened} close={() => together.end(false)} proved={() => together.end(true)} />;
}

function personIn(queries: QueryClient): string | undefined {
  return queries.getQueryData(meQuery.queryKey)?.person.id;
}

interface ProveAgainProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly proved: () => void;
}

/** Above the dialog in which somebody does what has to be confirmed. */
const ABOVE_DIALOGS = 250;

/** Who are you, once more: a passkey, or a code. */
function ProveAgain({ opened, close, proved }: ProveAgainProps): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const send = async (proof: object): Promise<void> => {
    const person = personIn(queries);
    const me = await ask('POST', '/me/proof', meDecoder, proof);
    // Whoever left meanwhile is not in again by it.
    if (personIn(queries) !== person) return;
    queries.setQueryData(meQuery.queryKey, me);
    proved();
  };
  return <ProofDialog opened={opened} close={close} lead={t('proof.lead')} options="/me/proof/options" send={send} />;
}

interface ProofDialogProps {
  readonly opened: boolean;
  readonly close: () => void;
  /** What the proof is for. */
  readonly lead: string;
  /** Where it is told by what somebody can prove themselves, and what a passkey signs for it. */
  readonly options: string;
  /** What is said there, where what is signed depends on it. */
  readonly about?: object;
  /** Nothing else does. */
  readonly onlyPasskey?: boolean;
  /** Takes the proof where it belongs; what goes wrong there is told in the dialog. */
  readonly send: (proof: object) => Promise<void>;
}

/** Who are you, for this: a passkey, or a code. */
export function ProofDialog({ opened, close, lead, options, about, onlyPasskey, send }: ProofDialogProps): JSX.Element {
  const t = useText();
  useEscapeAlone(opened, close);
  return (
    <Modal opened={opened} onClose={close} title={t('proof.title')} zIndex={ABOVE_DIALOGS} lockScroll={false} size={420} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Ways close={close} lead={lead} options={options} about={about ?? {}} onlyPasskey={onlyPasskey ?? false} send={send} />}
    </Modal>
  );
}

function Ways({ close, lead, options, about, onlyPasskey, send }: Required<Omit<ProofDialogProps, 'opened'>>): JSX.Element {
  const t = useText();
  const body = Object.keys(about).length === 0 ? undefined : about;
  const asked = useQuery({ queryKey: ['proof', options, about], queryFn: () => ask('POST', options, proofAsk, body), gcTime: 0 });
  const byPasskey = useMutation({
    mutationFn: async () => {
      // Asked anew: what was asked when the dialog opened may be two minutes old.
      const { passkey } = await ask('POST', options, proofAsk, body);
      await send({ way: 'passkey', passkey: await signByPasskey(passkey) });
    },
  });
  const byCode = useMutation({ mutationFn: (code: string) => send({ way: 'code', code }) });
  const byNothing = useMutation({ mutationFn: () => send({ way: 'nothing' }) });
  const ways = (asked.data?.ways ?? []).filter((way) => !onlyPasskey || way === 'passkey');
  const offersPasskey = ways.includes('passkey') && passkeysHere();
  return (
    <div className="col gap">
      <p className="dim">{lead}</p>
      {asked.isPending && <Loading rows={1} />}
      {asked.error && <Failure fault={asked.error} retry={() => void asked.refetch()} />}
      {offersPasskey && (
        <button type="button" className="btn p big" disabled={byPasskey.isPending} onClick={() => byPasskey.mutate()} data-autofocus>
          <IconFingerprint className="i" aria-hidden="true" />
          {t(byPasskey.isPending ? 'passkey.waiting' : 'proof.passkey')}
        </button>
      )}
      {byPasskey.error && <Failure fault={byPasskey.error} />}
      {ways.includes('code') && <ByCode second={offersPasskey} busy={byCode.isPending} error={byCode.error} prove={(code) => byCode.mutate(code)} />}
      {ways.includes('nothing') && (
        <>
          <p className="note">{t('proof.nothing.lead')}</p>
          {byNothing.error && <Failure fault={byNothing.error} />}
          <button type="button" className="btn p big" disabled={byNothing.isPending} onClick={() => byNothing.mutate()} data-autofocus>
            {t('proof.nothing')}
          </button>
        </>
      )}
      {asked.data && (ways.length === 0 || (ways.length === 1 && ways[0] === 'passkey' && !offersPasskey)) && <p className="note warn">{t('proof.none')}</p>}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
      </div>
    </div>
  );
}

interface ByCodeProps {
  /** Whether something better stands above it. */
  readonly second: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly prove: (code: string) => void;
}

function ByCode({ second, busy, error, prove }: ByCodeProps): JSX.Element {
  const t = useText();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    prove(code);
    setCode('');
  };
  return (
    <form className="col form" onSubmit={submit}>
      {second && <p className="or">{t('signIn.or')}</p>}
      <CodeInput value={code} onChange={setCode} error={faultText(error, 'code', t)} />
      {error && <Failure fault={error} />}
      <button type="submit" className={second ? 'btn big' : 'btn p big'} disabled={busy || code.length < 6}>
        {t('proof.code')}
      </button>
    </form>
  );
}
