import { MultiSelect } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Held } from '../../api/model';
import { sitesQuery, useCameras, useGroups } from '../../api/queries';
import { camerasWithin, matching, placesOf } from '../../components/places';
import { useText } from '../../i18n/language';

type Cameras = Held['cameras'];
type InGroups = Exclude<Cameras, 'all' | readonly string[]>;

interface ChoiceProps<T> {
  readonly value: T;
  readonly onChange: (cameras: Cameras) => void;
  readonly error?: string | undefined;
}

/** All cameras, also those to come, what lies in groups and sites, or these and no others. */
export function CameraChoice({ value, onChange, error }: ChoiceProps<Cameras>): JSX.Element {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  const kind = value === 'all' ? 'all' : Array.isArray(value) ? 'these' : 'groups';
  return (
    <fieldset className="choice">
      <legend className="lbl">{t('choice.title')}</legend>
      <label className="row">
        <input type="radio" name="cameras" checked={kind === 'all'} onChange={() => onChange('all')} />
        {t('choice.all')}
      </label>
      <label className="row">
        <input type="radio" name="cameras" checked={kind === 'groups'} onChange={() => onChange({ groups: [] })} />
        {t('choice.groups')}
      </label>
      {value !== 'all' && !Array.isArray(value) && <PlaceChoice value={value} onChange={onChange} error={error} />}
      <label className="row">
        <input type="radio" name="cameras" checked={kind === 'these'} onChange={() => onChange([])} />
        {t('choice.these')}
      </label>
      {value !== 'all' && Array.isArray(value) && (
        <MultiSelect
          aria-label={t('choice.these')}
          data={cameras.map((camera) => ({ value: camera.id, label: camera.name }))}
          value={[...value]}
          onChange={onChange}
          searchable
          hidePickedOptions
          placeholder={value.length === 0 ? t('choice.pick') : ''}
          error={error}
          comboboxProps={{ withinPortal: true }}
        />
      )}
    </fieldset>
  );
}

/** Sites and groups to tick: what lies in one that is ticked is given with it. */
function PlaceChoice({ value, onChange, error }: ChoiceProps<InGroups>): JSX.Element {
  const t = useText();
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: groups = [] } = useGroups();
  const { data: cameras = [] } = useCameras();
  const [wanted, setWanted] = useState('');
  const places = placesOf(sites, groups, t.locale);
  const found = matching(places, wanted, t.locale);
  const isTicked = (id: string): boolean => value.groups.includes(id);
  const tick = (id: string): void => onChange({ groups: isTicked(id) ? value.groups.filter((each) => each !== id) : [...value.groups, id].toSorted() });
  return (
    <div className="places">
      <label className="search-field">
        <IconSearch className="i s" aria-hidden="true" />
        <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('groups.find')} aria-label={t('groups.find')} />
      </label>
      <ul aria-label={t('choice.groups')}>
        {found.map((place) => {
          const isGivenAround = place.around.some(isTicked);
          return (
            <li key={place.id} className={`depth-${place.around.length}`}>
              <label className="row" title={place.path}>
                <input type="checkbox" checked={isGivenAround || isTicked(place.id)} disabled={isGivenAround} onChange={() => tick(place.id)} />
                <span className="ell">{place.name}</span>
                <span className="dim sm nw">{t.count('cameras.count', camerasWithin(place.id, places, cameras).length)}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className="dim sm">{t('list.noMatch', { wanted })}</p>}
      {groups.length === 0 && <p className="dim sm">{t('choice.groups.none')}</p>}
      {error !== undefined && (
        <p className="sm c-gap" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
