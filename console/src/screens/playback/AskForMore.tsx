import { Modal, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent, type JSX } from 'react';
import { RefusedError, ask } from '../../api/client';
import { approval as approvalDecoder, isLook, purposes, type Approval, type Camera, type Purpose } from '../../api/model';
import { approvalsQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { intervalText } from '../../components/approvals';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { useWhy } from '../../media/MediaProvider';
import type { Gap } from '../../media/gops';
import { MINUTE, formatInstant, type Micros } from '../../time/instant';
import { useServerClock } from '../../time/server-clock';
import { useZone } from '../../time/site';

/** What somebody looked at when they asked: the camera, the moment, and the stretch that is not shown. */
export interface Wish {
  readonly camera: Pick<Camera, 'id' | 'name'>;
  readonly at: Micros;
  readonly gap: Gap;
}

/** Before and after the moment that was looked at. */
const AROUND = 15 * MINUTE;
const FIELDS = ['from', 'to', 'reason', 'purpose', 'caseNumber'] as const;
const LONGEST_REASON = 500;

/** Asks a supervisor for exactly what is needed. */
export function AskForMore({ wish, close }: { wish: Wish | undefined; close: () => void }): JSX.Element {
  const t = useText();
  const [asked, setAsked] = useState<Approval>();
  const shut = (): void => {
    close();
    setAsked(undefined);
  };
  return (
    <Modal opened={wish !== undefined} onClose={shut} title={t('askMore.title', { camera: wish?.camera.name ?? '' })} lockScroll={false} size={560} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {wish && !asked && <Form wish={wish} close={shut} done={setAsked} />}
      {asked && <Sent asked={asked} close={shut} />}
    </Modal>
  );
}

function Form({ wish, close, done }: { wish: Wish; close: () => void; done: (asked: Approval) => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const clock = useServerClock();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { why } = useWhy();
  // What is shown without asking is not asked for.
  const latest = wish.gap.end > wish.at ? Math.min(wish.gap.end, clock.now()) : clock.now();
  const [from, setFrom] = useMoment(wish.at - AROUND);
  const [to, setTo] = useMoment(Math.min(wish.at + AROUND, latest));
  const [purpose, setPurpose] = useState<Purpose>(why.purpose ?? 'incident');
  const [caseNumber, setCaseNumber] = useState(why.caseNumber ?? '');
  const [reason, setReason] = useState('');
  const start = zone.fromFields(from.date, from.time);
  const end = zone.fromFields(to.date, to.time);
  const send = useMutation({
    mutationFn: ({ first, last }: { first: Micros; last: Micros }) =>
      ask('POST', '/approvals', approvalDecoder, {
        camera: wish.camera.id,
        from: formatInstant(first),
        to: formatInstant(last),
        purpose,
        ...(caseNumber.trim() !== '' && { caseNumber: caseNumber.trim() }),
        reason: reason.trim(),
      }),
    onSuccess: (asked) => {
      announce(t('askMore.sent'));
      done(asked);
      void queries.invalidateQueries({ queryKey: approvalsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (start !== undefined && end !== undefined) send.mutate({ first: start, last: end });
  };
  const fault = (field: string): string | undefined => faultText(send.error, field, t);
  const isAboutCase = send.error instanceof RefusedError && send.error.problem.key === 'problem.case-needed';
  const isTold = isAboutCase || FIELDS.some((field) => fault(field) !== undefined);
  const zoneName = zone.abbreviation(wish.at);
  return (
    <form className="col form" onSubmit={submit}>
      <p className="dim">{t('askMore.lead')}</p>
      <Moment words="askMore.from" zone={zoneName} value={from} change={setFrom} wrong={start === undefined} error={fault('from')} first />
      <Moment words="askMore.to" zone={zoneName} value={to} change={setTo} wrong={end === undefined} error={fault('to')} />
      <div className="two">
        <NativeSelect
          label={t('why.purpose')}
          value={purpose}
          onChange={(event) => setPurpose(purposes.find((each) => each === event.currentTarget.value) ?? purpose)}
          data={purposes.map((each) => ({ value: each, label: t(`purpose.${each}`) }))}
          error={fault('purpose')}
        />
        <TextInput
          label={t('why.case')}
          description={t('why.case.how')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={caseNumber}
          onChange={(event) => setCaseNumber(event.currentTarget.value)}
          maxLength={60}
          error={isAboutCase ? t('problem.case-needed') : fault('caseNumber')}
        />
      </div>
      <Textarea
        label={t('askMore.reason')}
        description={t('askMore.reason.how')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={LONGEST_REASON}
        rows={3}
        error={fault('reason')}
        required
        withAsterisk={false}
      />
      {send.error && !isTold && <Failure fault={send.error} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={send.isPending || reason.trim() === '' || start === undefined || end === undefined}>
          {t('askMore.action')}
        </button>
      </div>
    </form>
  );
}

interface Fields {
  readonly date: string;
  readonly time: string;
}

function useMoment(at: Micros): [Fields, (fields: Fields) => void] {
  const zone = useZone();
  return useState<Fields>(() => ({ date: zone.fieldsOf(at).date, time: zone.time(at) }));
}

interface MomentProps {
  readonly words: 'askMore.from' | 'askMore.to';
  readonly zone: string;
  readonly value: Fields;
  readonly change: (fields: Fields) => void;
  readonly wrong: boolean;
  readonly error: string | undefined;
  readonly first?: boolean;
}

function Moment({ words, zone, value, change, wrong, error, first = false }: MomentProps): JSX.Element {
  const t = useText();
  return (
    <div className="two">
      <TextInput type="date" label={t(`${words}.day`)} value={value.date} onChange={(event) => change({ ...value, date: event.currentTarget.value })} required withAsterisk={false} />
      <TextInput
        label={t(`${words}.time`, { zone })}
        value={value.time}
        onChange={(event) => change({ ...value, time: event.currentTarget.value })}
        error={wrong ? t('goTo.wrong') : error}
        required
        withAsterisk={false}
        data-autofocus={first || undefined}
      />
    </div>
  );
}

/** Who was asked, and where to see what becomes of it. */
function Sent({ asked, close }: { asked: Approval; close: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
  return (
    <div className="col form">
      <p className="b">{t('askMore.sent')}</p>
      {isLook(asked) && <p>{intervalText(asked.from, asked.to, zone)}</p>}
      <p className="dim">{t('askMore.sent.next', { time: zone.time(asked.waitsUntil) })}</p>
      <div className="dialog-foot">
        <Link className="btn" to="/approvals">
          {t('askMore.see')}
        </Link>
        <button type="button" className="btn p" onClick={close} ref={done}>
          {t('action.close')}
        </button>
      </div>
    </div>
  );
}
