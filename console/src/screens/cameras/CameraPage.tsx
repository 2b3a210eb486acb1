import './cameras.css';
import { IconArrowLeft, IconDeviceTv, IconListSearch, IconEdit, IconMapOff, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { may, type Camera } from '../../api/model';
import { sightsQuery, sitesQuery, useCameras, useMe } from '../../api/queries';
import { CameraSign } from '../../components/CameraSign';
import { Time } from '../../components/Time';
import { causeText, clockText, isHeldBack, messageText, nextTryText, phaseText } from '../../components/camera-words';
import { bytesText } from '../../components/duration';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { codecName } from '../../media/decoder';
import { useNow } from '../../time/server-clock';
import { Connection } from './Connection';
import { EditCamera } from './EditCamera';
import { RemoveCamera } from './RemoveCamera';

/** One camera: why it is there, how it fares, what is kept of it. No picture: that is Watch. */
export function CameraPage(): JSX.Element {
  const t = useText();
  const { id } = useParams({ from: '/inside/cameras/$id' });
  const cameras = useCameras();
  if (cameras.isPending) return <Loading />;
  if (cameras.error && !cameras.data) return <Failure fault={cameras.error} retry={() => void cameras.refetch()} />;
  const camera = cameras.data?.find((each) => each.id === id);
  if (!camera) {
    return (
      <div className="center-page">
        <Empty icon={IconMapOff} title={t('camera.gone')} next={t('camera.gone.next')}>
          <Link className="btn" to="/cameras">
            {t('camera.all')}
          </Link>
        </Empty>
      </div>
    );
  }
  return <Page camera={camera} />;
}

function Page({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const mayChange = may(me, 'configure-cameras');
  return (
    <div className="page">
      <div className="page-head">
        <Link className="btn g s ic" to="/cameras" title={t('camera.all')} aria-label={t('camera.all')}>
          <IconArrowLeft className="i" aria-hidden="true" />
        </Link>
        <h1 className="ell">{camera.name}</h1>
        <span className="chip line" data-phase={camera.state?.phase}>
          <CameraSign state={camera.state} />
          {phaseText(camera.state, t)}
        </span>
        <span className="dim hide-m">{t(`view.${camera.view}`)}</span>
        <span className="end row wrap">
          {may(me, 'watch-live') && (
            <Link className="btn" to="/watch" search={{ full: camera.id }}>
              <IconDeviceTv className="i" aria-hidden="true" />
              {t('screen.watch')}
            </Link>
          )}
          {may(me, 'play-back') && (
            <Link className="btn" to="/playback" search={{ cameras: camera.id }}>
              <IconPlayerPlay className="i" aria-hidden="true" />
              {t('screen.playback')}
            </Link>
          )}
          {may(me, 'read-audit') && (
            <Link className="btn" to="/audit" search={{ camera: camera.id }}>
              <IconListSearch className="i" aria-hidden="true" />
              {t('camera.whoLooked')}
            </Link>
          )}
          {mayChange && (
            <>
              <button type="button" className="btn" onClick={() => setEditing(true)}>
                <IconEdit className="i" aria-hidden="true" />
                {t('camera.edit')}
              </button>
              <button type="button" className="btn x" onClick={() => setRemoving(true)}>
                <IconTrash className="i" aria-hidden="true" />
                {t('camera.remove')}
              </button>
            </>
          )}
        </span>
      </div>
      <div className={isHeldBack(camera.state) ? 'camera-page held-back' : 'camera-page'}>
        <Dossier camera={camera} />
        <div className="col gap">
          {isHeldBack(camera.state) && <Connection camera={camera} mayChange={mayChange} />}
          <Recording camera={camera} />
          {!isHeldBack(camera.state) && <Connection camera={camera} mayChange={mayChange} />}
          <Streams camera={camera} />
          <Senses camera={camera} />
        </div>
      </div>
      {mayChange && <EditCamera camera={camera} opened={editing} close={() => setEditing(false)} />}
      {mayChange && <RemoveCamera camera={camera} opened={removing} close={() => setRemoving(false)} />}
    </div>
  );
}

function Dossier({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  const me = useMe();
  const { data: sites } = useQuery(sitesQuery);
  const { data: sights } = useQuery({ ...sightsQuery('cameras', camera.id, undefined), enabled: may(me, 'see-rights') });
  const site = sites?.find((each) => each.id === camera.site);
  return (
    <section className="panel">
      <header>
        <h2>{t('dossier.title')}</h2>
      </header>
      <dl className="dossier">
        <dt>{t('camera.purpose')}</dt>
        <dd className="b">{camera.purpose}</dd>
        <dt>{t('camera.view')}</dt>
        <dd>{t(`view.${camera.view}.means`)}</dd>
        <dt>{t('camera.kept')}</dt>
        <dd>
          <b>{t('hours', { n: t.number(camera.retentionHours) })}</b>
          <span className="dim block">{t('dossier.kept')}</span>
        </dd>
        <dt>{t('dossier.who')}</dt>
        <dd>{sights ? t.count('dossier.seeing', sights.length) + (sights.length > 0 ? `: ${sights.map((each) => each.name).join(', ')}` : '') : t('dossier.ask')}</dd>
        {site && (
          <>
            <dt>{t('camera.site')}</dt>
            <dd>
              {site.name}, {site.zone}
              {site.controller !== '' && <span className="dim block">{t('dossier.controller', { name: site.controller })}</span>}
            </dd>
          </>
        )}
        {camera.addedAt !== undefined && (
          <>
            <dt>{t('dossier.added')}</dt>
            <dd>
              <Time at={camera.addedAt} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Recording({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  const now = useNow();
  const { state, storage } = camera;
  const next = state && nextTryText(state, now, t);
  return (
    <section className="panel">
      <header>
        <h2>{t('camera.recording')}</h2>
      </header>
      <dl className="kv pad">
        <dt>{t('camera.state')}</dt>
        <dd>
          {state?.cause && state.phase !== 'streaming' ? causeText(state.cause, t) : phaseText(state, t)}
          {next !== undefined && <span className="dim block">{next}</span>}
        </dd>
        {state && messageText(state) !== undefined && (
          <>
            <dt>{t('camera.said')}</dt>
            <dd lang="en">{messageText(state)}</dd>
          </>
        )}
        {state?.since !== undefined && (
          <>
            <dt>{t('camera.since')}</dt>
            <dd>
              <Time at={state.since} />
            </dd>
          </>
        )}
        {state?.clockDifferenceMillis !== undefined && (
          <>
            <dt>{t('camera.clock')}</dt>
            <dd className="num">
              {clockText(state.clockDifferenceMillis, t)}
            </dd>
          </>
        )}
        <dt>{t('camera.used')}</dt>
        <dd className="num">
          {storage ? bytesText(storage.bytes, t) : '–'}
          {storage && storage.bytesPerDay > 0 && <span className="dim">, {t('camera.perDay', { size: bytesText(storage.bytesPerDay, t) })}</span>}
        </dd>
        {storage?.oldest !== undefined && storage.newest !== undefined && (
          <>
            <dt>{t('camera.stretch')}</dt>
            <dd>
              <Time at={storage.oldest} /> – <Time at={storage.newest} />
            </dd>
          </>
        )}
        {storage?.syncedThrough !== undefined && (
          <>
            <dt>{t('camera.synced')}</dt>
            <dd>
              <Time at={storage.syncedThrough} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Streams({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  return (
    <section className="panel">
      <header>
        <h2>{t('camera.streams')}</h2>
      </header>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('camera.streams')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('stream.role')}</th>
              <th scope="col">{t('stream.codec')}</th>
              <th scope="col">{t('stream.size')}</th>
              {camera.device && <th scope="col">{t('stream.path')}</th>}
            </tr>
          </thead>
          <tbody>
            {camera.streams.map((stream) => (
              <tr key={stream.number}>
                <td>{t(`stream.${stream.role}`)}</td>
                <td className="nw">{stream.codec ? codecName(stream.codec) : '–'}</td>
                <td className="num nw">{stream.width === undefined ? '–' : `${stream.width}×${stream.height ?? 0}`}</td>
                {camera.device && <td className="mono">{stream.path}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Senses({ camera }: { camera: Camera }): JSX.Element {
  const t = useText();
  return (
    <section className="panel">
      <header>
        <h2>{t('sense.title')}</h2>
      </header>
      <dl className="kv pad">
        {(['microphone', 'speaker', 'metadata'] as const).map((sense) => (
          <div key={sense} className="contents">
            <dt>{t(`sense.${sense}`)}</dt>
            <dd>{t(camera[sense] === 'off' ? 'sense.off' : 'sense.none')}</dd>
          </div>
        ))}
      </dl>
      <p className="dim sm pad-x">{t('sense.how')}</p>
    </section>
  );
}
