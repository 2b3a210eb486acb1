import { Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { invited as invitedDecoder, type Held, type Invited } from '../../api/model';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import { RoleChoice } from './RoleChoice';
import { untilOf } from './until';

export function Invite({ opened, close, done }: { opened: boolean; close: () => void; done: (invited: Invited) => void }): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('invite.title')} lockScroll={false} size={560} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Form close={close} done={done} />}
    </Modal>
  );
}

function Form({ close, done }: { close: () => void; done: (invited: Invited) => void }): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState('operator');
  const [cameras, setCameras] = useState<Held['cameras']>('all');
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const zone = useZone();
  const invite = useMutation({
    mutationFn: () => ask('POST', '/people', invitedDecoder, { name: name.trim(), role, cameras, reason: reason.trim(), ...untilOf(lastDay, zone) }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      done(made);
    },
  });
  const fault = (field: string): string | undefined => faultText(invite.error, field, t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <form className="col form" onSubmit={submit}>
      <TextInput label={t('person.name')} description={t('invite.name.how')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fault('name')} maxLength={200} required withAsterisk={false} data-autofocus />
      <RoleChoice role={role} setRole={setRole} cameras={cameras} setCameras={setCameras} lastDay={lastDay} setLastDay={setLastDay} reason={reason} setReason={setReason} fault={fault} />
      {invite.error && <Failure fault={invite.error} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={invite.isPending || name.trim() === '' || reason.trim() === ''}>
          {t('invite.action')}
        </button>
      </div>
    </form>
  );
}
