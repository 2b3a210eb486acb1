import { IconHourglass, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ask, nothing } from '../../api/client';
import type { Person, Waiting } from '../../api/model';
import { rolesQuery, sitesQuery, useGroups } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { choiceText, placesOf } from '../../components/places';
import { roleText, watches } from '../../components/roles';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';
import { RoleSentences } from './RoleSentences';

/** A role that somebody will have when a second officer has said yes: what it will mean, and how it is taken back. */
export function WaitingRole({ person, waiting }: { person: Person; waiting: Waiting }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: roles = [] } = useQuery(rolesQuery);
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: groups = [] } = useGroups();
  const known = roles.find((each) => each.id === waiting.role);
  const role = known ? roleText(known, t) : waiting.role;
  const withdraw = useMutation({
    mutationFn: () => ask('DELETE', `/approvals/${waiting.approval}`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      announce(t('held.waits.withdrawn', { role, name: person.name }));
    },
  });
  return (
    <section className="held" aria-label={t('held.waits.of', { role })}>
      <h3>{role}</h3>
      {known && <RoleSentences role={known} on={watches(known) ? choiceText(waiting.cameras, placesOf(sites, groups, t.locale), t) : undefined} />}
      <p className="row wrap sm">
        <span className="chip warn">
          <IconHourglass className="i s" aria-hidden="true" />
          {t('held.waits')}
        </span>
      </p>
      <p className="dim sm">{t(waiting.replaces === undefined ? 'held.waits.how' : 'held.waits.cameras')}</p>
      <div className="row wrap">
        <button type="button" className="btn" disabled={withdraw.isPending} title={t('held.waits.withdraw.how')} onClick={() => withdraw.mutate()}>
          <IconX className="i" aria-hidden="true" />
          {t('held.waits.withdraw')}
        </button>
      </div>
      {withdraw.error && <Failure fault={withdraw.error} />}
    </section>
  );
}
