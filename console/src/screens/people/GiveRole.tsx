import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { person as personDecoder, type Held, type Person } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import { RoleChoice } from './RoleChoice';
import { untilOf } from './until';

interface GiveRoleProps {
  readonly person: Person;
  readonly opened: boolean;
  readonly close: () => void;
}

export function GiveRole({ person, opened, close }: GiveRoleProps): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('held.give.title', { name: person.name })} lockScroll={false} size={560} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Form person={person} close={close} />}
    </Modal>
  );
}

function Form({ person, close }: { person: Person; close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [role, setRole] = useState('operator');
  const [cameras, setCameras] = useState<Held['cameras']>('all');
  const [lastDay, setLastDay] = useState('');
  const [reason, setReason] = useState('');
  const zone = useZone();
  const give = useMutation({
    mutationFn: () => ask('POST', `/people/${person.id}/roles`, personDecoder, { role, cameras, reason: reason.trim(), ...untilOf(lastDay, zone) }),
    onSuccess: async (changed) => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      announce(t(changed.waiting.some((each) => each.role === role) ? 'held.waits.asked' : 'held.given'));
      close();
    },
  });
  const fault = (field: string): string | undefined => faultText(give.error, field, t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate();
  };
  return (
    <form className="col form" onSubmit={submit}>
      <RoleChoice role={role} setRole={setRole} cameras={cameras} setCameras={setCameras} lastDay={lastDay} setLastDay={setLastDay} reason={reason} setReason={setReason} fault={fault} />
      {give.error && !fault('role') && !fault('cameras') && !fault('until') && !fault('reason') && <Failure fault={give.error} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={give.isPending || reason.trim() === ''}>
          {t('held.give')}
        </button>
      </div>
    </form>
  );
}
