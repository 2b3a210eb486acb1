import { IconLock, IconLockOpen, IconShieldX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import type { Camera } from '../../api/model';
import { sitesQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { Fingerprint } from '../../components/Fingerprint';
import { Time } from '../../components/Time';
import { useText } from '../../i18n/language';
import { useNow } from '../../time/server-clock';
import { AcceptCertificate } from './AcceptCertificate';
import { PlainException } from './PlainException';

/** How a camera is reached: the way of its pictures, and whether and by what it is known. Told to who configures cameras. */
export function Connection({ camera, mayChange }: { camera: Camera; mayChange: boolean }): JSX.Element | null {
  const t = useText();
  const { device } = camera;
  if (!device) return null;
  return (
    <section className="panel">
      <header>
        <h2>{t('connection.title')}</h2>
        <span className="mono dim">
          {device.host}:{device.port}
        </span>
      </header>
      <dl className="kv pad">
        {camera.transport && (
          <>
            <dt>{t('camera.transport')}</dt>
            <dd>{t(`transport.${camera.transport}`)}</dd>
          </>
        )}
        <dt>{t('connection.encryption')}</dt>
        <dd className="row">
          {device.encrypted ? <IconLock className="i s c-live" aria-hidden="true" /> : <IconLockOpen className="i s c-warn" aria-hidden="true" />}
          {t(device.encrypted ? 'connection.encrypted' : 'connection.plain')}
        </dd>
        {device.encrypted && (
          <>
            <dt>{t('connection.certificate')}</dt>
            <dd>
              {device.certificate ? (
                <>
                  <Fingerprint sha256={device.certificate.sha256} />
                  <span className="dim block">
                    {t('connection.knownSince')} <Time at={device.certificate.since} />
                  </span>
                </>
              ) : (
                t('connection.notMet')
              )}
            </dd>
          </>
        )}
      </dl>
      <ChangedCertificate camera={camera} mayChange={mayChange} />
      {!device.encrypted && <Exception camera={camera} mayChange={mayChange} />}
    </section>
  );
}

function ChangedCertificate({ camera, mayChange }: { camera: Camera; mayChange: boolean }): JSX.Element | null {
  const t = useText();
  const [accepting, setAccepting] = useState<string>();
  const shown = camera.state?.phase === 'certificate-changed' ? camera.state.certificate : undefined;
  return (
    <>
      {shown !== undefined && (
        <div className="note bad pad-note">
          <IconShieldX className="i" aria-hidden="true" />
          <div className="grow col">
            <b>{t('connection.changed')}</b>
            <Fingerprint sha256={shown} />
            <p>{t('connection.changed.why')}</p>
            {mayChange && (
              <button type="button" className="btn self" onClick={() => setAccepting(shown)}>
                {t('connection.compare')}
              </button>
            )}
          </div>
        </div>
      )}
      {accepting !== undefined && <AcceptCertificate camera={camera} shown={accepting} close={() => setAccepting(undefined)} />}
    </>
  );
}

/** Only where the site insists, or an exception is left over from when it did. */
function Exception({ camera, mayChange }: { camera: Camera; mayChange: boolean }): JSX.Element | null {
  const t = useText();
  const now = useNow();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: sites } = useQuery(sitesQuery);
  const [giving, setGiving] = useState(false);
  const [ending, setEnding] = useState(false);
  const end = useMutation({
    mutationFn: () => ask('DELETE', `/cameras/${camera.id}/plain-exception`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('exception.ended', { name: camera.name }));
      setEnding(false);
    },
  });
  const insists = sites?.find((each) => each.id === camera.site)?.encryptedOnly === true;
  const exception = camera.plainException;
  if (!insists && !exception) return null;
  const isOver = exception !== undefined && exception.until <= now;
  return (
    <div className={`note pad-note ${exception && !isOver ? 'warn' : insists ? 'bad' : ''}`}>
      <IconLockOpen className="i" aria-hidden="true" />
      <div className="grow col">
        <b>{t(insists ? 'exception.insists' : 'exception.notNeeded')}</b>
        {exception ? (
          <p>
            {t(isOver ? 'exception.over' : 'exception.until')} <Time at={exception.until} />: {exception.reason}
          </p>
        ) : (
          <p>{t('exception.none')}</p>
        )}
        {mayChange && (
          <span className="row wrap">
            {insists && (
              <button type="button" className="btn" onClick={() => setGiving(true)}>
                {t(exception ? 'exception.anew' : 'exception.give')}
              </button>
            )}
            {exception && (
              <button type="button" className="btn x" onClick={() => setEnding(true)}>
                {t('exception.end')}
              </button>
            )}
          </span>
        )}
      </div>
      {giving && <PlainException camera={camera} close={() => setGiving(false)} />}
      <Confirm
        opened={ending}
        close={() => setEnding(false)}
        title={t('exception.end.title', { name: camera.name })}
        happens={[t(insists && !isOver ? 'exception.end.stops' : 'exception.end.nothing'), t('remove.entry')]}
        action={t('exception.end')}
        busy={end.isPending}
        fault={end.error}
        run={() => end.mutate()}
      />
    </div>
  );
}
