import { IconKey, IconLink, IconLogout, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { invited as invitedDecoder, person as personDecoder, type Invited, type Person } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';
import { GiveRole } from './GiveRole';
import { HeldRole } from './HeldRole';
import { Sights } from './Sights';
import { WaitingRole } from './WaitingRole';

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
  const [giving, setGiving] = useState(false);
  const [resetting, setResetting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['people'] });
  const again = useMutation({
    mutationFn: () => ask('POST', `/people/${person.id}/invite-again`, invitedDecoder, {}),
    onSuccess: async (made) => {
      await fresh();
      linkMade(made);
    },
  });
  const reset = useMutation({
    mutationFn: () => ask('POST', `/people/${person.id}/reset`, personDecoder, {}),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['approvals'] });
      announce(t('person.reset.asked', { name: person.name }));
      setResetting(false);
    },
  });
  const signOut = useMutation({
    mutationFn: () => ask('DELETE', `/people/${person.id}/sessions`, nothing),
    onSuccess: () => announce(t('person.signedOut', { name: person.name })),
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/people/${person.id}`, nothing),
    onSuccess: async () => {
      await fresh();
      announce(t('person.removed', { name: person.name }));
      close();
    },
  });
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
        {person.roles.map((held) => (
          <HeldRole key={held.id} person={person} held={held} fixed={isMe || !here} />
        ))}
        {person.waiting.map((waiting) => (
          <WaitingRole key={waiting.approval} person={person} waiting={waiting} />
        ))}
        {person.roles.length === 0 && person.waiting.length === 0 && <p className="dim">{t(here ? 'held.none' : 'held.none.removed')}</p>}
        {here && !isMe && (
          <button type="button" className="btn" onClick={() => setGiving(true)}>
            <IconPlus className="i" aria-hidden="true" />
            {t('held.give')}
          </button>
        )}
        {person.state === 'active' && <Sights person={person} />}
        {[again.error, signOut.error].map((fault) => fault && <Failure key={fault.message} fault={fault} />)}
      </div>
      {here && (
        <footer className="detail-foot">
          {person.state === 'invited' && (
            <button type="button" className="btn" disabled={again.isPending} title={t('person.again.how')} onClick={() => again.mutate()}>
              <IconLink className="i" aria-hidden="true" />
              {t('person.again')}
            </button>
          )}
          {!isMe && person.state === 'active' && (
            <button type="button" className="btn" title={t('person.reset.how')} onClick={() => setResetting(true)}>
              <IconKey className="i" aria-hidden="true" />
              {t('person.reset')}
            </button>
          )}
          {!isMe && person.state === 'active' && (
            <button type="button" className="btn" disabled={signOut.isPending} title={t('person.signOut.how')} onClick={() => signOut.mutate()}>
              <IconLogout className="i" aria-hidden="true" />
              {t('person.signOut')}
            </button>
          )}
          {!isMe && (
            <button type="button" className="btn x" onClick={() => setRemoving(true)}>
              <IconTrash className="i" aria-hidden="true" />
              {t('person.remove')}
            </button>
          )}
        </footer>
      )}
      <GiveRole person={person} opened={giving} close={() => setGiving(false)} />
      <Confirm
        opened={resetting}
        close={() => setResetting(false)}
        title={t('person.reset.title', { name: person.name })}
        happens={[t('person.reset.second'), t('person.reset.ends'), t('person.reset.link')]}
        action={t('person.reset.ask')}
        busy={reset.isPending}
        fault={reset.error}
        run={() => reset.mutate()}
      />
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
