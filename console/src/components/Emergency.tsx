import { Modal, Textarea } from '@mantine/core';
import { IconFingerprint, IconLifebuoy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { createContext, useCallback, useContext, useMemo, useState, type FormEvent, type JSX, type ReactNode } from 'react';
import { RefusedError, ask } from '../api/client';
import { emergency as emergencyDecoder, may, me as meDecoder, proofAsk, type Emergency, type OwnEmergency } from '../api/model';
import { emergenciesChanged, meQuery, ownEmergencyQuery, useMe } from '../api/queries';
import { useText } from '../i18n/language';
import { useWhy } from '../media/MediaProvider';
import { useNow } from '../time/server-clock';
import { useZone } from '../time/site';
import { useAnnounce } from './Announcer';
import { ProofDialog } from './ProveAgain';
import { runs, scopeText } from './emergencies';
import { passkeysHere } from './passkey';
import { Failure, faultText } from './states';

interface State {
  /** What I have taken, while it runs. */
  readonly running: Emergency | undefined;
  /** Opens the dialog in which it is taken; undefined if there is nothing to take. */
  readonly take: (() => void) | undefined;
}

const EmergencyContext = createContext<State>({ running: undefined, take: undefined });

export function useEmergency(): State {
  return useContext(EmergencyContext);
}

/** What I may take in an emergency, for the whole console; one dialog for all who offer it. */
export function EmergencyProvider({ children }: { children: ReactNode }): JSX.Element {
  const me = useMe();
  const now = useNow();
  const mayTake = may(me, 'take-emergency');
  const { data: own, refetch } = useQuery({ ...ownEmergencyQuery, enabled: mayTake });
  const [taking, setTaking] = useState(false);
  const open = useCallback(() => {
    // A passkey may have been added a moment ago.
    void refetch();
    setTaking(true);
  }, [refetch]);
  const running = mayTake && own?.running && runs(own.running, now) ? own.running : undefined;
  const offered = mayTake && own !== undefined && running === undefined;
  const state = useMemo(() => ({ running, take: offered ? open : undefined }), [running, offered, open]);
  return (
    <EmergencyContext value={state}>
      {children}
      {own && <TakeEmergency own={own} opened={taking && running === undefined} close={() => setTaking(false)} />}
    </EmergencyContext>
  );
}

/** Refusals that somebody who has a role for emergencies could get around by it. */
const helped: ReadonlySet<string> = new Set(['right-missing', 'not-found', 'role-ended', 'outside-hours', 'network-not-given', 'too-old', 'before-given', 'emergency-over']);

/** Offers it where a picture was refused. */
export function EmergencyButton({ because, camera }: { because: string | undefined; camera: string }): JSX.Element | null {
  const t = useText();
  const { take } = useEmergency();
  if (!take || because === undefined || !helped.has(because.replace(/^problem\./, ''))) return null;
  return (
    <button type="button" className="btn s" aria-label={t('emergency.take.at', { camera })} onClick={take} onDoubleClick={(event) => event.stopPropagation()}>
      <IconLifebuoy className="i s" aria-hidden="true" />
      {t('emergency.take')}
    </button>
  );
}

const SHORTEST_REASON = 10;
const LONGEST_REASON = 500;

interface TakeProps {
  readonly own: OwnEmergency;
  readonly opened: boolean;
  readonly close: () => void;
}

/** Says what it does and who is told, asks why, and then for the passkey. */
function TakeEmergency({ own, opened, close }: TakeProps): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('emergency.title')} lockScroll={false} size={560} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Form own={own} close={close} />}
    </Modal>
  );
}

/** Signing in again comes first where somebody came in by a password. */
type Step = 'why' | 'again' | 'passkey';

function Form({ own, close }: Omit<TakeProps, 'opened'>): JSX.Element {
  const t = useText();
  const zone = useZone();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { why, say } = useWhy();
  const [reason, setReason] = useState('');
  const [step, setStep] = useState<Step>('why');
  const written = reason.trim();
  const check = useMutation({
    mutationFn: () => ask('POST', '/me/emergency/proof', proofAsk, { reason: written }),
    onSuccess: () => setStep('passkey'),
    onError: (fault) => {
      if (isWeak(fault)) setStep('again');
    },
  });
  const again = async (proof: object): Promise<void> => {
    queries.setQueryData(meQuery.queryKey, await ask('POST', '/me/proof', meDecoder, proof));
    setStep('passkey');
  };
  const take = async (proof: object): Promise<void> => {
    const taken = await ask('POST', '/me/emergency', emergencyDecoder, { reason: written, proof });
    announce(t('emergency.begun', { time: zone.time(taken.until) }));
    await emergenciesChanged(queries);
    close();
    // What was refused before is opened anew.
    say(why);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    check.mutate();
  };
  const hindered = own.locked || !own.hasPasskey || !passkeysHere();
  return (
    <>
      <form className="col form" onSubmit={submit}>
        <ul className="happens">
          <li>{t('emergency.happens.sees', { cameras: scopeText(own.cameras, t) })}</li>
          <li>{t('emergency.happens.never')}</li>
          <li>{t('emergency.happens.told')}</li>
          <li>{t('emergency.happens.review')}</li>
        </ul>
        {own.locked && (
          <p className="note bad">
            {t('problem.emergency-locked')} {t('problem.emergency-locked.next')}
          </p>
        )}
        {!own.locked && !own.hasPasskey && (
          <p className="note warn">
            {t('emergency.noPasskey')}{' '}
            <Link to="/me" onClick={close}>
              {t('emergency.addPasskey')}
            </Link>
          </p>
        )}
        {!own.locked && own.hasPasskey && !passkeysHere() && <p className="note warn">{t('emergency.noPasskeyHere')}</p>}
        <Textarea
          label={t('emergency.reason')}
          description={t('emergency.reason.how', { least: t.number(SHORTEST_REASON) })}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
          maxLength={LONGEST_REASON}
          rows={3}
          error={faultText(check.error, 'reason', t)}
          disabled={hindered}
          required
          withAsterisk={false}
          data-autofocus
        />
        {check.error && !isWeak(check.error) && faultText(check.error, 'reason', t) === undefined && <Failure fault={check.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={hindered || check.isPending || written.length < SHORTEST_REASON}>
            <IconFingerprint className="i" aria-hidden="true" />
            {t('emergency.action')}
          </button>
        </div>
      </form>
      <ProofDialog opened={step === 'again'} close={() => setStep('why')} lead={t('emergency.again')} options="/me/proof/options" onlyPasskey send={again} />
      <ProofDialog opened={step === 'passkey'} close={() => setStep('why')} lead={t('emergency.proof')} options="/me/emergency/proof" about={{ reason: written }} onlyPasskey send={take} />
    </>
  );
}

function isWeak(fault: unknown): boolean {
  return fault instanceof RefusedError && fault.problem.key === 'problem.assurance-too-low';
}
