import { IconLink, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { invited as invitedDecoder, person as personDecoder, type Invited, type Person } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';
import { CameraChoice } from './CameraChoice';
import { RoleSentences } from './RoleSentences';

interface PanelProps {
  readonly person: Person;
  readonly isMe: boolean;
  readonly close: () => void;
  readonly linkMade: (invited: Invited) => void;
}

export function PersonPanel({ person, isMe, close, linkMade }: PanelProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [cameras, setCameras] = useState(person.cameras);
  const [removing, setRemoving] = useState(false);
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['people'] });
  const save = useMutation({
    mutationFn: () => ask('PUT', `/people/${person.id}/cameras`, personDecoder, { cameras }),
    onSuccess: async () => {
      await fresh();
      announce(t('person.saved'));
    },
  });
  const again = useMutation({
    mutationFn: () => ask('POST', `/people/${person.id}/invite-again`, invitedDecoder, {}),
    onSuccess: async (made) => {
      await fresh();
      linkMade(made);
    },
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/people/${person.id}`, nothing),
    onSuccess: async () => {
      await fresh();
      announce(t('person.removed', { name: person.name }));
      close();
    },
  });
  const changed = JSON.stringify(cameras) !== JSON.stringify(person.cameras);
  const here = person.state !== 'removed';
  return (
    <aside className="panel detail" aria-label={person.name}>
      <header>
        <h2 className="ell">{person.name}</h2>
        <button type="button" className="btn g s ic end" title={t('action.close')} aria-label={t('action.close')} onClick={close}>
          <IconX className="i" aria-hidden="true" />
        </button>
      </header>
      <div className="detail-body">
        <h3>{t(`role.${person.role}`)}</h3>
        <RoleSentences role={person.role} />
        {person.role === 'operator' && here && (
          <>
            <CameraChoice value={cameras} onChange={setCameras} />
            {changed && (
              <div className="row wrap">
                <button type="button" className="btn p" disabled={save.isPending} onClick={() => save.mutate()}>
                  {t('person.give')}
                </button>
                <span className="dim sm">{t('person.give.how')}</span>
              </div>
            )}
          </>
        )}
        {[save.error, again.error].map((fault) => fault && <Failure key={fault.message} fault={fault} />)}
      </div>
      {here && (
        <footer className="detail-foot">
          <button type="button" className="btn" disabled={again.isPending} title={t('person.again.how')} onClick={() => again.mutate()}>
            <IconLink className="i" aria-hidden="true" />
            {t('person.again')}
          </button>
          {!isMe && (
            <button type="button" className="btn x" onClick={() => setRemoving(true)}>
              <IconTrash className="i" aria-hidden="true" />
              {t('person.remove')}
            </button>
          )}
        </footer>
      )}
      <Confirm
        opened={removing}
        close={() => setRemoving(false)}
        title={t('person.remove.title', { name: person.name })}
        happens={[t('person.remove.ends'), t('person.remove.links'), t('person.remove.entries')]}
        action={t('person.remove')}
        busy={remove.isPending}
        fault={remove.error}
        run={() => remove.mutate()}
      />
    </aside>
  );
}
