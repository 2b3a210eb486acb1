import { Modal, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { ask, nothing, RefusedError } from '../../api/client';
import { approval as approvalDecoder, type Camera } from '../../api/model';
import { approvalsQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { stateOf } from '../../components/approvals';
import { Confirm } from '../../components/Confirm';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { useNow } from '../../time/server-clock';

interface RemoveProps {
  readonly camera: Camera;
  readonly opened: boolean;
  readonly close: () => void;
}

/** Stops and removes a camera; one that footage is kept of, when somebody else has said yes to it. */
export function RemoveCamera({ camera, opened, close }: RemoveProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const now = useNow();
  const { data: approvals = [] } = useQuery(approvalsQuery);
  const mine = approvals.filter((each) => each.own && each.kind === 'removal' && each.camera === camera.id);
  const yes = mine.find((each) => stateOf(each, now) === 'approved');
  const isWaiting = mine.some((each) => stateOf(each, now) === 'waiting');
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/cameras/${camera.id}${yes ? `?approval=${yes.id}` : ''}`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('remove.done', { name: camera.name }));
      void navigate({ to: '/cameras' });
    },
  });
  const needsYes = remove.error instanceof RefusedError && remove.error.problem.key === 'problem.approval-needed';
  const leave = (): void => {
    remove.reset();
    close();
  };
  if (opened && needsYes && !yes) return <AskToRemove camera={camera} isWaiting={isWaiting} close={leave} />;
  return (
    <Confirm
      opened={opened}
      close={leave}
      title={t('remove.title', { name: camera.name })}
      happens={[t('remove.stops'), t('remove.stays', { hours: t.number(camera.retentionHours) }), t(yes ? 'remove.approved' : 'remove.needs'), t('remove.entry')]}
      action={t('remove.action')}
      busy={remove.isPending}
      fault={remove.error}
      run={() => remove.mutate()}
    />
  );
}

function AskToRemove({ camera, isWaiting, close }: { camera: Camera; isWaiting: boolean; close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const asking = useMutation({
    mutationFn: () => ask('POST', `/cameras/${camera.id}/removal`, approvalDecoder, { reason: reason.trim() }),
    onSuccess: async () => {
      announce(t('remove.asked', { name: camera.name }));
      close();
      await queries.invalidateQueries({ queryKey: approvalsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    asking.mutate();
  };
  const fault = faultText(asking.error, 'reason', t);
  return (
    <Modal opened onClose={close} title={t('remove.title', { name: camera.name })} lockScroll={false} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="col form" onSubmit={submit}>
        <p>{t('remove.needs')}</p>
        {isWaiting && <p className="note warn">{t('remove.waits')}</p>}
        <Textarea label={t('remove.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={fault} maxLength={500} autosize minRows={2} required withAsterisk={false} data-autofocus />
        {asking.error && fault === undefined && <Failure fault={asking.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={asking.isPending}>
            {t('remove.ask')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
