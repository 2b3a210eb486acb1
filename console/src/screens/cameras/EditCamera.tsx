import { Modal, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { camera as cameraDecoder, views, type Camera } from '../../api/model';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { TransportField } from './TransportField';

interface DialogProps {
  readonly camera: Camera;
  readonly opened: boolean;
  readonly close: () => void;
}

export function EditCamera({ camera, opened, close }: DialogProps): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('edit.title', { name: camera.name })} lockScroll={false} size={520} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Form camera={camera} close={close} />}
    </Modal>
  );
}

function Form({ camera, close }: Omit<DialogProps, 'opened'>): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const [name, setName] = useState(camera.name);
  const [purpose, setPurpose] = useState(camera.purpose);
  const [view, setView] = useState(camera.view);
  const [hours, setHours] = useState(String(camera.retentionHours));
  const [transport, setTransport] = useState(camera.transport ?? 'tcp');
  const save = useMutation({
    mutationFn: () => ask('PATCH', `/cameras/${camera.id}`, cameraDecoder, { name: name.trim(), purpose: purpose.trim(), view, retentionHours: Number(hours), ...(camera.transport && { transport }) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      close();
    },
  });
  const fault = (field: string): string | undefined => faultText(save.error, field, t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const shorter = Number(hours) < camera.retentionHours;
  return (
    <form className="col form" onSubmit={submit}>
      <TextInput label={t('camera.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fault('name')} maxLength={200} required withAsterisk={false} data-autofocus />
      <Textarea label={t('camera.purpose')} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} error={fault('purpose')} maxLength={1_000} rows={3} required withAsterisk={false} />
      <div className="two">
        <NativeSelect
          label={t('camera.view')}
          value={view}
          onChange={(event) => setView(views.find((each) => each === event.currentTarget.value) ?? view)}
          error={fault('view')}
          data={views.map((each) => ({ value: each, label: t(`view.${each}`) }))}
        />
        <TextInput label={t('camera.kept.hours')} type="number" min={1} value={hours} onChange={(event) => setHours(event.currentTarget.value)} error={fault('retentionHours')} required withAsterisk={false} />
      </div>
      {camera.transport && <TransportField value={transport} encrypted={camera.device?.encrypted === true} error={fault('transport')} change={setTransport} />}
      {transport !== (camera.transport ?? 'tcp') && <p className="note">{t('edit.callsAgain')}</p>}
      {shorter && <p className="note warn">{t('edit.shorter')}</p>}
      {save.error && <Failure fault={save.error} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={save.isPending}>
          {t('action.save')}
        </button>
      </div>
    </form>
  );
}
