import './people.css';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Invited, Person } from '../../api/model';
import { peopleQuery, rolesQuery, sitesQuery, useCameras, useGroups, useMe } from '../../api/queries';
import { SortHeader, useSort, type Sorters } from '../../components/SortHeader';
import { Time } from '../../components/Time';
import { choiceText, placesOf } from '../../components/places';
import { namesOf, roleOf, rolesText, watches } from '../../components/roles';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useServerClock } from '../../time/server-clock';
import { Invite } from './Invite';
import { LinkShown } from './LinkShown';
import { PeopleTabs } from './PeopleTabs';
import { PersonPanel } from './PersonPanel';
import { reviewOf } from './review';

const sorters: Sorters<Person> = {
  name: (person) => person.name,
  role: (person) => person.roles.map((held) => held.role).join(),
  state: (person) => person.state,
  last: (person) => person.lastSignIn ?? 0,
};

/** Who may do what here. Everybody comes by invitation, nobody has all rights. */
export function People(): JSX.Element {
  const t = useText();
  const me = useMe();
  const people = useQuery(peopleQuery);
  const { data: roles = [] } = useQuery(rolesQuery);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Invited>();
  const sort = useSort(sorters, 'name', t.locale);
  const all = people.data ?? [];
  const found = sort.sorted(
    all.filter((person) => `${person.name} ${rolesText(namesOf(person, roles), t)}`.toLocaleLowerCase(t.locale).includes(wanted.trim().toLocaleLowerCase(t.locale))),
  );
  const selected = all.find((person) => person.id === chosen);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('screen.people')}</h1>
        <PeopleTabs />
        {people.data && <span className="dim num">{t.count('people.count', all.length)}</span>}
        <label className="search-field end">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('people.find')} aria-label={t('people.find')} />
        </label>
        <button type="button" className="btn p" onClick={() => setInviting(true)}>
          <IconUserPlus className="i" aria-hidden="true" />
          {t('people.invite')}
        </button>
      </div>
      <div className={selected ? 'split open' : 'split'}>
        <section className="panel fill">
          {people.isPending && <Loading rows={6} />}
          {people.error && <Failure fault={people.error} retry={() => void people.refetch()} />}
          {people.data && found.length === 0 && <Empty icon={IconSearch} title={t('list.noMatch', { wanted })} next={t('list.noMatch.next')} />}
          {found.length > 0 && (
            <div className="table-scroll">
              <table>
                <thead>
                  <tr>
                    <SortHeader sort={sort} by="name">{t('person.name')}</SortHeader>
                    <SortHeader sort={sort} by="role">{t('person.role')}</SortHeader>
                    <th scope="col">{t('person.cameras')}</th>
                    <SortHeader sort={sort} by="state">{t('person.state')}</SortHeader>
                    <SortHeader sort={sort} by="last">{t('person.last')}</SortHeader>
                  </tr>
                </thead>
                <tbody>
                  {found.map((person) => (
                    <tr key={person.id} className={person.id === chosen ? 'pick on' : 'pick'} onClick={() => setChosen(person.id)}>
                      <td>
                        <button type="button" className="cell" aria-expanded={person.id === chosen} onClick={() => setChosen(person.id)}>
                          {person.name}
                        </button>
                        {person.id === me.person.id && <span className="dim"> {t('person.you')}</span>}
                      </td>
                      <td>
                        {rolesText(namesOf(person, roles), t)} <ReviewSign person={person} />
                        {person.waiting.length > 0 && <span className="chip warn">{t('held.waits')}</span>}
                      </td>
                      <td className="num">
                        <CamerasOf person={person} />
                      </td>
                      <td>
                        <span className={`chip ${person.state === 'active' ? 'ok' : person.state === 'invited' ? 'warn' : 'line'}`}>{t(`person.state.${person.state}`)}</span>
                      </td>
                      <td>{person.lastSignIn === undefined ? <span className="dim">{t('person.never')}</span> : <Time at={person.lastSignIn} />}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
        {selected && <PersonPanel key={selected.id} person={selected} isMe={selected.id === me.person.id} close={() => setChosen(undefined)} linkMade={setInvited} />}
      </div>
      <Invite
        opened={inviting}
        close={() => setInviting(false)}
        done={(made) => {
          setInviting(false);
          setInvited(made);
        }}
      />
      <LinkShown invited={invited} close={() => setInvited(undefined)} />
    </div>
  );
}

/** Worth a look only if somebody has to say something soon. */
function ReviewSign({ person }: { person: Person }): JSX.Element | null {
  const t = useText();
  const clock = useServerClock();
  const worst = (['lapsed', 'soon'] as const).find((each) => person.roles.some((held) => reviewOf(held, clock.now()) === each));
  return worst ? <span className={`chip ${worst === 'lapsed' ? 'bad' : 'warn'}`}>{t(`held.review.${worst}`)}</span> : null;
}

function CamerasOf({ person }: { person: Person }): JSX.Element {
  const t = useText();
  const { data: cameras } = useCameras();
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: groups = [] } = useGroups();
  const { data: roles = [] } = useQuery(rolesQuery);
  const seeing = person.roles.filter((held) => watches(roleOf(held, roles)));
  if (seeing.length === 0) return <span className="dim">{t('person.noPictures')}</span>;
  if (seeing.some((held) => held.cameras === 'all')) return <>{t('person.allCameras')}</>;
  const places = placesOf(sites, groups, t.locale);
  const listed = seeing.flatMap((held) => (Array.isArray(held.cameras) ? held.cameras : []));
  const inGroups = seeing.flatMap((held) => (held.cameras === 'all' || Array.isArray(held.cameras) ? [] : held.cameras.groups));
  const names = (cameras ?? []).filter((camera) => listed.includes(camera.id)).map((camera) => camera.name);
  return (
    <span title={names.join(', ')}>
      {[...(inGroups.length > 0 ? [choiceText({ groups: [...new Set(inGroups)] }, places, t)] : []), ...(listed.length > 0 || inGroups.length === 0 ? [t.count('cameras.count', listed.length)] : [])].join(', ')}
    </span>
  );
}
