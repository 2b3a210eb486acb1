import './system.css';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { System as SystemFacts, Volume } from '../../api/model';
import { serverQuery, systemQuery, useCameras } from '../../api/queries';
import { bytesText } from '../../components/duration';
import { Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { AlarmHistory } from './AlarmHistory';
import { StorageForecast } from './StorageForecast';
import { OpenAlarms } from './OpenAlarms';
import { Sites } from './Sites';

/** What to do, worst first, and then what was measured. */
export function System(): JSX.Element {
  const t = useText();
  const system = useQuery(systemQuery);
  const { data: server } = useQuery(serverQuery);
  return (
    <div className="page" role="region" aria-label={t('screen.system')} tabIndex={0}>
      <div className="page-head">
        <h1>{t('screen.system')}</h1>
        {server && <span className="dim num">Custodes {server.version}</span>}
      </div>
      {system.isPending && <Loading rows={6} />}
      {system.error && !system.data && <Failure fault={system.error} retry={() => void system.refetch()} />}
      {system.data && (
        <div className="system">
          <OpenAlarms alarms={system.data.alarms} />
          <div className="col system-side">
            {system.data.volumes && <Volumes volumes={system.data.volumes} />}
            {system.data.volumes && <StorageForecast />}
            <Parts system={system.data} />
            <Sites />
          </div>
          <AlarmHistory />
        </div>
      )}
    </div>
  );
}

function Volumes({ volumes }: { volumes: readonly Volume[] }): JSX.Element {
  const t = useText();
  return (
    <section className="panel">
      <header>
        <h2>{t('system.storage')}</h2>
        <span className="dim">{t('system.sealed')}</span>
      </header>
      {volumes.length === 0 && <p className="dim pad">{t('system.noVolumes')}</p>}
      {volumes.map((volume) => {
        const used = Math.max(0, volume.totalBytes - volume.usableBytes);
        const share = volume.totalBytes > 0 ? used / volume.totalBytes : 0;
        return (
          <div key={volume.id ?? volume.folder} className="volume">
            <div className="row">
              <b className="mono ell">{volume.folder}</b>
              <span className={`chip end ${volume.health === 'recording' ? 'ok' : 'warn'}`}>{t(`volume.${volume.health}`)}</span>
            </div>
            <progress className="meter" max={1} value={share} aria-label={t('system.used', { used: bytesText(used, t), total: bytesText(volume.totalBytes, t) })} />
            <p className="dim sm num">
              {t('system.used', { used: bytesText(used, t), total: bytesText(volume.totalBytes, t) })}; {t('system.free', { free: bytesText(volume.usableBytes, t) })}
            </p>
          </div>
        );
      })}
    </section>
  );
}

/** Recording, database, clock: one line each. */
function Parts({ system }: { system: SystemFacts }): JSX.Element | null {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  const { recording, database, clock } = system;
  if (!recording && !database && !clock) return null;
  const perDay = cameras.reduce((sum, camera) => sum + (camera.storage?.bytesPerDay ?? 0), 0);
  return (
    <section className="panel">
      <header>
        <h2>{t('system.parts')}</h2>
      </header>
      <dl className="kv pad">
        {recording && (
          <>
            <dt>{t('system.recording')}</dt>
            <dd className="num">{t('system.streaming', { n: t.number(recording.streaming), total: t.number(recording.cameras) })}</dd>
            <dt>{t('system.perDay')}</dt>
            <dd className="num">{bytesText(perDay, t)}</dd>
          </>
        )}
        {database && (
          <>
            <dt>{t('system.database')}</dt>
            <dd className={database.reachable ? '' : 'c-gap'}>
              {t(database.reachable ? 'system.reachable' : 'system.unreachable')}, {t(database.embedded ? 'system.embedded' : 'system.outside')}
            </dd>
          </>
        )}
        {clock && (
          <>
            <dt>{t('system.clock')}</dt>
            <dd className={clock.state === 'synchronised' ? '' : 'c-warn'}>{t(`clock.${clock.state}`)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
