import { Modal, NativeSelect, PasswordInput, TextInput, Textarea } from '@mantine/core';
import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { RefusedError, ask } from '../../api/client';
import { camera as cameraDecoder, cameraTest, views, type CameraTest, type Transport, type View } from '../../api/model';
import { sitesQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { clockText } from '../../components/camera-words';
import { Fingerprint } from '../../components/Fingerprint';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { codecName } from '../../media/decoder';
import type { Text } from '../../i18n/catalogue';
import { TransportField } from './TransportField';

interface Fields {
  readonly name: string;
  readonly site: string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly wallAddress: string;
  readonly purpose: string;
  readonly view: View;
  readonly retentionHours: string;
  readonly transport: Transport;
}

const empty: Fields = { name: '', site: '', address: '', user: '', password: '', wallAddress: '', purpose: '', view: 'indoor', retentionHours: '', transport: 'tcp' };

export function AddCamera({ opened, close }: { opened: boolean; close: () => void }): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('add.title')} size={720} lockScroll={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Form close={close} />}
    </Modal>
  );
}

/** Optional fields are left out when they are empty, not sent as nothing. */
function credentials(fields: Fields): Record<string, string> {
  return {
    address: fields.address.trim(),
    transport: fields.transport,
    ...(fields.user !== '' && { user: fields.user }),
    ...(fields.password !== '' && { password: fields.password }),
  };
}

/** What a certificate belongs to: scheme, host and port. */
function deviceOf(address: string): string {
  const found = /^\s*(?<scheme>rtsps?):\/\/(?:[^/?#]*@)?(?<place>[^/?#]*)/i.exec(address);
  return `${found?.groups?.scheme ?? ''} ${found?.groups?.place ?? ''}`.toLowerCase();
}

function Form({ close }: { close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: sites = [] } = useQuery(sitesQuery);
  const [fields, setFields] = useState(empty);
  const set = (change: Partial<Fields>): void => setFields((last) => ({ ...last, ...change }));
  const site = fields.site || sites[0]?.id || '';

  const device = deviceOf(fields.address);
  // What was compared holds for the device that showed it, and for no other.
  const [compared, setCompared] = useState<{ readonly device: string; readonly sha256: string }>();
  const certificate = compared?.device === device ? compared.sha256 : undefined;
  const target = JSON.stringify([credentials(fields), certificate]);
  const test = useMutation({
    mutationFn: async (known: string | undefined) => ({
      target: JSON.stringify([credentials(fields), known]),
      device,
      found: await ask('POST', '/cameras/test', cameraTest, { ...credentials(fields), ...(known !== undefined && { certificate: known }) }),
    }),
  });
  const isTested = test.data?.target === target && !test.data.found.certificateUnknown && fields.wallAddress.trim() === '';
  const add = useMutation({
    // The server calls the camera first, and adds it only if it answers; unless it was just called, or told to add it anyway.
    mutationFn: (called: boolean) =>
      ask('POST', '/cameras', cameraDecoder, {
        test: called,
        ...credentials(fields),
        ...(certificate !== undefined && { certificate }),
        name: fields.name.trim(),
        site,
        purpose: fields.purpose.trim(),
        view: fields.view,
        ...(fields.wallAddress.trim() !== '' && { wallAddress: fields.wallAddress.trim() }),
        ...(fields.retentionHours !== '' && { retentionHours: Number(fields.retentionHours) }),
      }),
    onSuccess: async (added) => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('add.done', { name: added.name }));
      close();
    },
  });
  const fault = (field: string): string | undefined => faultText(add.error, field, t) ?? faultText(test.error, field, t);
  const shownAtAdding = add.error instanceof RefusedError ? add.error.problem.faults.find((each) => each.key === 'certificate.compare')?.values.certificate : undefined;
  const shownAtTest = test.data?.device === device && test.data.found.certificateUnknown ? test.data.found.certificate : undefined;
  const shown = certificate === undefined ? (shownAtAdding ?? shownAtTest) : undefined;
  const unanswered =
    add.error instanceof RefusedError &&
    shownAtAdding === undefined &&
    (add.error.problem.key?.startsWith('problem.camera-test.') === true || add.error.problem.faults.some((each) => each.key === 'address.encryption-required'));
  const encrypted = /^\s*rtsps:/i.test(fields.address);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(!isTested);
  };
  return (
    <form className="col form" onSubmit={submit}>
      <TextInput
        label={t('add.address')}
        description={t('add.address.how')}
        placeholder="rtsp://192.0.2.10/stream1"
        value={fields.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
        error={fault('address')}
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
        required
        withAsterisk={false}
        data-autofocus
      />
      <div className="two">
        <TextInput label={t('add.user')} value={fields.user} onChange={(event) => set({ user: event.currentTarget.value })} error={fault('user')} autoComplete="off" maxLength={200} />
        <PasswordInput
          label={t('add.password')}
          value={fields.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
          error={fault('password')}
          autoComplete="new-password"
          maxLength={200}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
      </div>
      <TransportField value={fields.transport} encrypted={encrypted} error={fault('transport')} change={(transport) => set({ transport })} />
      <div className="row wrap">
        <button type="button" className="btn" disabled={test.isPending || fields.address.trim() === ''} onClick={() => test.mutate(certificate)}>
          <IconPlugConnected className="i" aria-hidden="true" />
          {t(test.isPending ? 'test.running' : 'test.action')}
        </button>
        <span className="dim sm">{t('test.how')}</span>
      </div>
      <div aria-live="polite">
        {shown !== undefined && (
          <Meeting
            sha256={shown}
            goOn={() => {
              setCompared({ device, sha256: shown });
              add.reset();
              test.mutate(shown);
            }}
          />
        )}
        {certificate !== undefined && !isTested && (
          <p className="sm">
            <span className="dim">{t('meet.accepted')}</span> <Fingerprint sha256={certificate} />
          </p>
        )}
        {test.data && !test.data.found.certificateUnknown && <TestFacts found={test.data.found} />}
        {test.error && <Failure fault={test.error} />}
      </div>
      <hr />
      <div className="two">
        <TextInput label={t('camera.name')} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} error={fault('name')} maxLength={200} required withAsterisk={false} />
        <NativeSelect label={t('camera.site')} value={site} onChange={(event) => set({ site: event.currentTarget.value })} error={fault('site')} data={sites.map((each) => ({ value: each.id, label: each.name }))} />
      </div>
      <Textarea
        label={t('camera.purpose')}
        description={t('camera.purpose.how')}
        value={fields.purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
        error={fault('purpose')}
        maxLength={1_000}
        rows={2}
        required
        withAsterisk={false}
      />
      <div className="two">
        <NativeSelect
          label={t('camera.view')}
          value={fields.view}
          onChange={(event) => set({ view: views.find((each) => each === event.currentTarget.value) ?? 'indoor' })}
          error={fault('view')}
          data={views.map((each) => ({ value: each, label: t(`view.${each}`) }))}
        />
        <TextInput
          label={t('camera.kept.hours')}
          description={t('camera.kept.how')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="number"
          min={1}
          value={fields.retentionHours}
          placeholder={fields.view === 'indoor' ? '72' : '48'}
          onChange={(event) => set({ retentionHours: event.currentTarget.value })}
          error={fault('retentionHours')}
        />
      </div>
      <TextInput
        label={t('add.wallAddress')}
        description={t('add.wallAddress.how')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={fields.wallAddress}
        onChange={(event) => set({ wallAddress: event.currentTarget.value })}
        error={fault('wallAddress')}
        inputMode="url"
        autoComplete="off"
        maxLength={2_000}
      />
      {add.error && shownAtAdding === undefined && <Failure fault={add.error} />}
      {unanswered && (
        <p className="row wrap">
          <button type="button" className="btn" disabled={add.isPending} onClick={() => add.mutate(false)}>
            {t('add.anyway')}
          </button>
          <span className="dim sm">{t('add.anyway.how')}</span>
        </p>
      )}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={add.isPending}>
          {t(add.isPending ? 'add.adding' : 'add.action')}
        </button>
      </div>
    </form>
  );
}

/** The first meeting with an encrypted camera: its certificate is compared before it gets user and password. */
function Meeting({ sha256, goOn }: { sha256: string; goOn: () => void }): JSX.Element {
  const t = useText();
  return (
    <div className="note warn">
      <div className="grow meeting">
        <b>{t('meet.title')}</b>
        <p>
          <Fingerprint sha256={sha256} />
        </p>
        <p className="sm">
          {t('meet.why')} {t('meet.how')}
        </p>
        <button type="button" className="btn" onClick={goOn}>
          {t('meet.action')}
        </button>
      </div>
    </div>
  );
}

/** Facts only: testing a camera needs no right to watch, so it shows no picture. */
export function TestFacts({ found }: { found: CameraTest }): JSX.Element {
  const t = useText();
  return (
    <div className="note ok">
      <IconCircleCheck className="i" aria-hidden="true" />
      <div className="grow">
        <b>{t(found.keyFrameArrived ? 'test.ok' : 'test.noKey')}</b>
        <dl className="kv sm test-facts">
          {factsOf(found, t).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ))}
        </dl>
        {found.certificate && (
          <div className="sm">
            <span className="dim">{t('test.certificate')}</span> <Fingerprint sha256={found.certificate} />
          </div>
        )}
      </div>
    </div>
  );
}

function factsOf(found: CameraTest, t: Text): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [];
  const fact = (name: string, value: string | undefined): void => {
    if (value !== undefined) facts.push([name, value]);
  };
  fact(t('test.codec'), found.codec && `${codecName(found.codec)}${found.rfc6381 ? ` (${found.rfc6381})` : ''}`);
  fact(t('test.transport'), found.transport && t.word('transport', found.transport));
  fact(t('test.size'), found.width === undefined ? undefined : `${found.width}×${found.height ?? 0}`);
  fact(t('test.rate'), found.framesPerSecond === undefined ? undefined : t('test.rate.value', { n: t.number(found.framesPerSecond, 1) }));
  fact(t('test.keyDistance'), found.keyFrameDistanceMillis === undefined ? undefined : `${t.number(found.keyFrameDistanceMillis / 1000, found.keyFrameDistanceMillis < 1000 ? 2 : 1)} ${t('unit.s')}`);
  fact(t('test.bitRate'), found.bitsPerSecond === undefined ? undefined : `${t.number(found.bitsPerSecond / 1e6, 2)} Mbit/s`);
  fact(t('test.clock'), found.clockDifferenceMillis === undefined ? undefined : clockText(found.clockDifferenceMillis, t));
  const isThere = (value: boolean | string | undefined): boolean => value !== undefined && value !== false && value !== 'none';
  const senses = [isThere(found.microphone) && t('sense.microphone'), isThere(found.metadata) && t('sense.metadata'), isThere(found.backChannel) && t('sense.speaker')].filter((each) => each !== false);
  fact(t('test.senses'), senses.length === 0 ? t('test.senses.none') : t('test.senses.off', { which: senses.join(', ') }));
  return facts;
}
