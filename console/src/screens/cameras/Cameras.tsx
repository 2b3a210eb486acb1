import './cameras.css';
import { NativeSelect } from '@mantine/core';
import { IconCameraPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { may, type Camera } from '../../api/model';
import { sitesQuery, useCameras, useGroups, useMe } from '../../api/queries';
import { CameraSign } from '../../components/CameraSign';
import { SortHeader, useSort, type Sorters } from '../../components/SortHeader';
import { Time } from '../../components/Time';
import { causeText, phaseText } from '../../components/camera-words';
import { bytesText } from '../../components/duration';
import { camerasWithin, placesOf } from '../../components/places';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { codecName } from '../../media/decoder';
import type { Text } from '../../i18n/catalogue';
import { AddCamera } from './AddCamera';
import { CameraTabs } from './CameraTabs';

const sorters: Sorters<Camera> = {
  name: (camera) => camera.name,
  state: (camera) => (camera.state?.phase === 'streaming' ? 1 : 0),
  view: (camera) => camera.view,
  kept: (camera) => camera.retentionHours,
  used: (camera) => camera.storage?.bytes ?? 0,
  oldest: (camera) => camera.storage?.oldest ?? 0,
};

/** All cameras that I may know of, their state and what they take of the disk. */
export function Cameras(): JSX.Element {
  const t = useText();
  const me = useMe();
  const cameras = useCameras();
  const { data: sites = [] } = useQuery(sitesQuery);
  const { data: groups = [] } = useGroups();
  const [wanted, setWanted] = useState('');
  const [place, setPlace] = useState('');
  const [adding, setAdding] = useState(false);
  const sort = useSort(sorters, 'name', t.locale);
  const all = cameras.data ?? [];
  const places = placesOf(sites, groups, t.locale);
  const there = place === '' ? all : camerasWithin(place, places, all);
  const found = sort.sorted(there.filter((camera) => matches(camera, wanted, t)));
  const mayAdd = may(me, 'configure-cameras');
  const total = all.reduce((sum, camera) => sum + (camera.storage?.bytes ?? 0), 0);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('screen.cameras')}</h1>
        {(groups.length > 0 || may(me, 'arrange-groups')) && <CameraTabs />}
        {cameras.data && <span className="dim num">{t.count('cameras.count', all.length)}</span>}
        {total > 0 && <span className="dim num hide-m">{t('cameras.total', { size: bytesText(total, t) })}</span>}
        {groups.length > 0 && (
          <NativeSelect
            className="place-filter"
            aria-label={t('groups.filter')}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
            data={[{ value: '', label: t('groups.filter.all') }, ...places.map((each) => ({ value: each.id, label: each.path }))]}
          />
        )}
        <label className="search-field end">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('cameras.find')} aria-label={t('cameras.find')} />
        </label>
        {mayAdd && (
          <button type="button" className="btn p" onClick={() => setAdding(true)}>
            <IconCameraPlus className="i" aria-hidden="true" />
            {t('cameras.add')}
          </button>
        )}
      </div>
      <section className="panel fill">
        {cameras.isPending && <Loading rows={6} />}
        {cameras.error && <Failure fault={cameras.error} retry={() => void cameras.refetch()} />}
        {cameras.data && all.length === 0 && <Empty icon={IconCameraPlus} title={t('cameras.none')} next={t(mayAdd ? 'cameras.none.add' : 'cameras.none.ask')} />}
        {all.length > 0 && found.length === 0 && <Empty icon={IconSearch} title={t('list.noMatch', { wanted })} next={t('list.noMatch.next')} />}
        {found.length > 0 && (
          <div className="table-scroll">
            <table className="cameras-table">
              <thead>
                <tr>
                  <SortHeader sort={sort} by="name">{t('camera.name')}</SortHeader>
                  <SortHeader sort={sort} by="state">{t('camera.state')}</SortHeader>
                  <th scope="col">{t('camera.picture')}</th>
                  <SortHeader sort={sort} by="view">{t('camera.view')}</SortHeader>
                  <SortHeader sort={sort} by="kept" right>{t('camera.kept')}</SortHeader>
                  <SortHeader sort={sort} by="used" right>{t('camera.used')}</SortHeader>
                  <SortHeader sort={sort} by="oldest" right>{t('camera.oldest')}</SortHeader>
                </tr>
              </thead>
              <tbody>
                {found.map((camera) => (
                  <Row key={camera.id} camera={camera} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {mayAdd && <AddCamera opened={adding} close={() => setAdding(false)} />}
    </div>
  );
}

function matches(camera: Camera, wanted: string, t: Text): boolean {
  const all = [camera.name, camera.purpose, camera.device?.host ?? '', phaseText(camera.state, t), t(`view.${camera.view}`)];
  return all.join(' ').toLocaleLowerCase(t.locale).includes(wanted.trim().toLocaleLowerCase(t.locale));
}

function Row({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  const record = camera.streams.find((stream) => stream.role === 'record');
  const { state, storage } = camera;
  return (
    <tr>
      <td>
        <span className="row">
          <CameraSign state={state} />
          <Link className="row-link" to="/cameras/$id" params={{ id: camera.id }}>
            {camera.name}
          </Link>
        </span>
      </td>
      <td>
        {phaseText(state, t)}
        {state?.cause && state.phase !== 'streaming' && <span className="dim sm block">{causeText(state.cause, t)}</span>}
        {state?.phase === 'streaming' && camera.device?.encrypted === false && camera.plainException && <span className="dim sm block">{t('exception.short')}</span>}
      </td>
      <td className="num nw">
        {record?.width !== undefined ? `${record.width}×${record.height ?? 0}` : '–'} <span className="dim">{record?.codec && codecName(record.codec)}</span>
      </td>
      <td>{t(`view.${camera.view}`)}</td>
      <td className="r num nw">{t('hours', { n: t.number(camera.retentionHours) })}</td>
      <td className="r num nw">
        {storage ? bytesText(storage.bytes, t) : '–'}
        {storage && storage.bytesPerDay > 0 && <span className="dim sm block">{t('camera.perDay', { size: bytesText(storage.bytesPerDay, t) })}</span>}
      </td>
      <td className="r">{storage?.oldest === undefined ? '–' : <Time at={storage.oldest} />}</td>
    </tr>
  );
}
