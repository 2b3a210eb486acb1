import './cameras.css';
import { IconFolderPlus, IconFolders, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { may } from '../../api/model';
import { sitesQuery, useCameras, useGroups, useMe } from '../../api/queries';
import { camerasWithin, matching, placesOf, type Place } from '../../components/places';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { CameraTabs } from './CameraTabs';
import { GroupPanel } from './GroupPanel';
import { MakeGroup } from './MakeGroup';

/** Groups of cameras in their places: what roles are given on. */
export function Groups(): JSX.Element {
  const t = useText();
  const me = useMe();
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: cameras = [] } = useCameras();
  const groups = useGroups();
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [making, setMaking] = useState(false);
  const places = placesOf(sites, groups.data ?? [], t.locale);
  const found = matching(places, wanted, t.locale);
  const mayArrange = may(me, 'arrange-groups');
  const selected = mayArrange ? groups.data?.find((group) => group.id === chosen) : undefined;
  const count = groups.data?.length ?? 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('screen.cameras')}</h1>
        <CameraTabs />
        {groups.data && <span className="dim num">{t.count('groups.count', count)}</span>}
        <label className="search-field end">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('groups.find')} aria-label={t('groups.find')} />
        </label>
        {mayArrange && (
          <button type="button" className="btn p" onClick={() => setMaking(true)}>
            <IconFolderPlus className="i" aria-hidden="true" />
            {t('groups.make')}
          </button>
        )}
      </div>
      <div className={selected ? 'split open' : 'split'}>
        <section className="panel fill">
          {groups.isPending && <Loading rows={4} />}
          {groups.error && <Failure fault={groups.error} retry={() => void groups.refetch()} />}
          {groups.data && count === 0 && <Empty icon={IconFolders} title={t('groups.none')} next={t(mayArrange ? 'groups.none.make' : 'groups.none.ask')} />}
          {count > 0 && found.length === 0 && <Empty icon={IconSearch} title={t('list.noMatch', { wanted })} next={t('list.noMatch.next')} />}
          {count > 0 && found.length > 0 && (
            <div className="table-scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('groups.name')}</th>
                    <th scope="col" className="r">
                      {t('groups.cameras')}
                    </th>
                    {mayArrange && (
                      <th scope="col" className="r">
                        {t('groups.holders')}
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {found.map((place) => (
                    <Row key={place.id} place={place} count={camerasWithin(place.id, places, cameras).length} mayArrange={mayArrange} isChosen={place.id === chosen} choose={() => setChosen(place.id)} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
        {selected && <GroupPanel key={selected.id} group={selected} places={places} close={() => setChosen(undefined)} />}
      </div>
      {making && (
        <MakeGroup
          places={places}
          close={() => setMaking(false)}
          done={(made) => {
            setMaking(false);
            setChosen(made.id);
          }}
        />
      )}
    </div>
  );
}

interface RowProps {
  readonly place: Place;
  readonly count: number;
  readonly mayArrange: boolean;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Row({ place, count, mayArrange, isChosen, choose }: RowProps): JSX.Element {
  const t = useText();
  const { group } = place;
  const pick = group && mayArrange ? (isChosen ? 'pick on' : 'pick') : '';
  return (
    <tr className={pick} onClick={pick === '' ? undefined : choose}>
      <td className={`depth-${place.around.length}`}>
        {pick === '' ? (
          <span className={group ? '' : 'b'}>{place.name}</span>
        ) : (
          <button type="button" className="cell" aria-expanded={isChosen} onClick={choose}>
            {place.name}
          </button>
        )}{' '}
        {group && group.waiting.length > 0 && <span className="chip warn">{t('held.waits')}</span>}
      </td>
      <td className="r num">{t.number(count)}</td>
      {mayArrange && <td className="r num">{group?.holders === undefined ? '–' : t.number(group.holders)}</td>}
    </tr>
  );
}
