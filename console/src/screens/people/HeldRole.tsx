import { IconCheck, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask } from '../../api/client';
import { person as personDecoder, type Held, type Person } from '../../api/model';
import { rolesQuery, sitesQuery, useGroups } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { Time } from '../../components/Time';
import { choiceText, placesOf } from '../../components/places';
import { roleOf, roleText, watches } from '../../components/roles';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';
import { useServerClock } from '../../time/server-clock';
import { CameraChoice } from './CameraChoice';
import { RoleSentences } from './RoleSentences';
import { reviewOf } from './review';

/** One role of one person: what it means, on which cameras, and until when it holds. */
export function HeldRole({ person, held, fixed }: { person: Person; held: Held; fixed: boolean }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [cameras, setCameras] = useState(held.cameras);
  const [ending, setEnding] = useState(false);
  const path = `/people/${person.id}/roles/${held.id}`;
  const after = async (said: string): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['people'] });
    announce(said);
  };
  const save = useMutation({
    mutationFn: () => ask('PUT', `${path}/cameras`, personDecoder, { cameras }),
    onSuccess: (changed) => after(t(changed.waiting.some((each) => each.replaces === held.id) ? 'held.waits.asked' : 'person.saved')),
  });
  const confirm = useMutation({ mutationFn: () => ask('POST', `${path}/confirm`, personDecoder, {}), onSuccess: () => after(t('held.confirmed')) });
  const end = useMutation({ mutationFn: () => ask('DELETE', path, personDecoder), onSuccess: () => after(t('held.ended')) });
  const changed = JSON.stringify(cameras) !== JSON.stringify(held.cameras);
  const review = reviewOf(held, clock.now());
  const { data: roles = [] } = useQuery(rolesQuery);
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: groups = [] } = useGroups();
  const known = roleOf(held, roles);
  const role = known ? roleText(known, t) : held.role;
  return (
    <section className="held" aria-label={role}>
      <h3>{role}</h3>
      {known && <RoleSentences role={known} on={watches(known) ? choiceText(held.cameras, placesOf(sites, groups, t.locale), t) : undefined} />}
      <p className="row wrap sm">
        <span className={`chip ${review === 'lapsed' ? 'bad' : review === 'soon' ? 'warn' : 'line'}`}>{t(`held.review.${review}`)}</span>
        <span className="dim">
          {t('held.reviewBy')} <Time at={held.reviewBy} show="date" />
        </span>
        {held.until !== undefined && (
          <span className="chip warn">
            {t('held.until')} <Time at={held.until} />
          </span>
        )}
      </p>
      {held.owner !== undefined && (
        <p className="sm">
          <span className="dim">{t('held.owner', { name: held.owner })}</span> {held.reason}
        </p>
      )}
      {watches(known) && !fixed && <CameraChoice value={cameras} onChange={setCameras} />}
      {!fixed && (
        <div className="row wrap">
          {changed && (
            <button type="button" className="btn p" title={t('person.give.how')} disabled={save.isPending} onClick={() => save.mutate()}>
              {t('person.give')}
            </button>
          )}
          <button type="button" className="btn" title={t('held.confirm.how')} disabled={confirm.isPending} onClick={() => confirm.mutate()}>
            <IconCheck className="i" aria-hidden="true" />
            {t('held.confirm')}
          </button>
          <button type="button" className="btn x" onClick={() => setEnding(true)}>
            <IconTrash className="i" aria-hidden="true" />
            {t('held.end')}
          </button>
        </div>
      )}
      {[save.error, confirm.error].map((fault) => fault && <Failure key={fault.message} fault={fault} />)}
      <Confirm
        opened={ending}
        close={() => setEnding(false)}
        title={t('held.end.title', { role, name: person.name })}
        happens={[t('held.end.looks'), t('held.end.entries')]}
        action={t('held.end')}
        busy={end.isPending}
        fault={end.error}
        run={() => end.mutate()}
      />
    </section>
  );
}
