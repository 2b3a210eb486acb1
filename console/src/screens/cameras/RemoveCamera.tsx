import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask, nothing } from '../../api/client';
import type { Camera } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { useText } from '../../i18n/language';

export function RemoveCamera({ camera, opened, close }: { camera: Camera; opened: boolean; close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/cameras/${camera.id}`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('remove.done', { name: camera.name }));
      void navigate({ to: '/cameras' });
    },
  });
  return (
    <Confirm
      opened={opened}
      close={close}
      title={t('remove.title', { name: camera.name })}
      happens={[t('remove.stops'), t('remove.stays', { hours: t.number(camera.retentionHours) }), t('remove.entry')]}
      action={t('remove.action')}
      busy={remove.isPending}
      fault={remove.error}
      run={() => remove.mutate()}
    />
  );
}
