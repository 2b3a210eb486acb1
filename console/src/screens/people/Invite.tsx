import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { invited as invitedDecoder, roles, type Invited, type Person, type Role } from '../../api/model';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { CameraChoice } from './CameraChoice';
import { RoleSentences } from './RoleSentences';

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
  const [role, setRole] = useState<Role>('operator');
  const [cameras, setCameras] = useState<Person['cameras']>('all');
  const invite = useMutation({
    // Only operators see pictures; for the others there is nothing to choose.
    mutationFn: () => ask('POST', '/people', invitedDecoder, { name: name.trim(), role, cameras: role === 'operator' ? cameras : [] }),
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
      <NativeSelect
        label={t('person.role')}
        value={role}
        onChange={(event) => setRole(roles.find((each) => each === event.currentTarget.value) ?? role)}
        error={fault('role')}
        data={roles.map((each) => ({ value: each, label: t(`role.${each}`) }))}
      />
      <RoleSentences role={role} />
      {role === 'operator' && <CameraChoice value={cameras} onChange={setCameras} error={fault('cameras')} />}
      {invite.error && <Failure fault={invite.error} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={invite.isPending || name.trim() === ''}>
          {t('invite.action')}
        </button>
      </div>
    </form>
  );
}
