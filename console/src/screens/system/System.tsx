import './system.css';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Alarm } from '../../api/model';
import { serverQuery, systemQuery, useCameras, useMe } from '../../api/queries';
import { Time } from '../../components/Time';
import { healthOf } from '../../components/camera-words';
import { bytesText } from '../../components/duration';
import { Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { factsOf, volumesOf, type Fact, type Volume } from './facts';

/** What to do, worst first, and then what was measured. */
export function System(): JSX.Element {
  const t = useText();
  const me = useMe();
  const system = useQuery(systemQuery);
  const { data: server } = useQuery(serverQuery);
  const everything = me.person.role === 'system-administrator';
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
          <Alarms alarms={system.data.alarms} />
          {everything && (
            <>
              <Volumes volumes={volumesOf(system.data.volumes)} />
              <Cameras />
              <Facts title={t('system.recording')} facts={factsOf(system.data.recording)} />
              <Facts title={t('system.database')} facts={factsOf(system.data.database)} />
              <Facts title={t('system.clock')} facts={factsOf(system.data.clock)} />
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }): JSX.Element {
  const t = useText();
  return (
    <section className="panel alarms-panel">
      <header>
        <h2>{t('system.todo')}</h2>
        {alarms.length > 0 && <span className="chip bad">{t.count('system.alarms', alarms.length)}</span>}
      </header>
      {alarms.length === 0 && (
        <p className="row pad c-live">
          <IconCircleCheck className="i" aria-hidden="true" />
          <span>{t('system.nothing')}</span>
        </p>
      )}
      <ul aria-live="polite">
        {alarms
          .toSorted((a, b) => a.since - b.since)
          .map((alarm) => (
            <li key={alarm.key}>
              <IconAlertTriangle className="i l c-alarm" aria-hidden="true" />
              <div className="grow">
                <b>{alarm.cause}</b>
                <p className="dim">{alarm.nextStep}</p>
              </div>
              <span className="dim sm">
                {alarm.subject !== undefined && <span className="block">{alarm.subject}</span>}
                {t('system.since')} <Time at={alarm.since} />
              </span>
            </li>
          ))}
      </ul>
    </section>
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
          <div key={volume.name} className="volume">
            <div className="row">
              <b className="mono ell">{volume.name}</b>
              {volume.health && <span className={`chip end ${volume.health === 'recording' ? 'ok' : 'warn'}`}>{t.word('volume', volume.health)}</span>}
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

function Cameras(): JSX.Element {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  const live = cameras.filter((camera) => healthOf(camera.state) === 'live').length;
  const bytes = cameras.reduce((sum, camera) => sum + (camera.storage?.bytesPerDay ?? 0), 0);
  return (
    <Facts
      title={t('screen.cameras')}
      facts={[
        { name: t('system.camerasLive'), value: `${t.number(live)} / ${t.number(cameras.length)}` },
        { name: t('system.perDay'), value: bytesText(bytes, t) },
      ]}
    />
  );
}

function Facts({ title, facts }: { title: string; facts: readonly Fact[] }): JSX.Element | null {
  const t = useText();
  if (facts.length === 0) return null;
  return (
    <section className="panel">
      <header>
        <h2>{title}</h2>
      </header>
      <dl className="kv pad">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt>{t.word('fact', name)}</dt>
            <dd className="num">{typeof value === 'boolean' ? t(value ? 'word.yes' : 'word.no') : typeof value === 'number' ? t.number(value) : t.word('fact', value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
