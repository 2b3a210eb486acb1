import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { ask } from '../../api/client';
import { site as siteDecoder, type Camera, type Site } from '../../api/model';
import { sitesQuery, useCameras, useMe } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { Time } from '../../components/Time';
import { useText } from '../../i18n/language';
import { useNow } from '../../time/server-clock';

/** Each site's rule for its cameras, and who is excepted from it. */
export function Sites(): JSX.Element | null {
  const t = useText();
  const me = useMe();
  const { data: sites = [] } = useQuery(sitesQuery);
  if (!me.rights.includes('configure-sites') || sites.length === 0) return null;
  return (
    <section className="panel">
      <header>
        <h2>{t('sites.title')}</h2>
      </header>
      {sites.map((site) => (
        <SiteRule key={site.id} site={site} />
      ))}
    </section>
  );
}

function SiteRule({ site }: { site: Site }): JSX.Element {
  const t = useText();
  const now = useNow();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: cameras = [] } = useCameras();
  const [asked, setAsked] = useState<boolean>();
  const save = useMutation({
    mutationFn: (encryptedOnly: boolean) =>
      ask('PUT', `/sites/${site.id}`, siteDecoder, { name: site.name, zone: site.zone, country: site.country, controller: site.controller, encryptedOnly }),
    onSuccess: async (saved) => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['sites'] }), queries.invalidateQueries({ queryKey: ['cameras'] })]);
      announce(t(saved.encryptedOnly ? 'sites.insists' : 'sites.insistsNot', { name: saved.name }));
      setAsked(undefined);
    },
  });
  const plain = cameras.filter((each) => each.site === site.id && each.removedAt === undefined && each.device?.encrypted === false);
  const excepted = plain.filter((each) => each.plainException !== undefined);
  const stopping = plain.filter((each) => each.plainException === undefined || each.plainException.until <= now);
  const close = (): void => {
    save.reset();
    setAsked(undefined);
  };
  return (
    <div className="site-rule">
      <Checkbox
        checked={site.encryptedOnly}
        onChange={(event) => setAsked(event.currentTarget.checked)}
        label={t('sites.rule')}
        description={`${site.name}: ${t(site.encryptedOnly ? 'sites.rule.on' : 'sites.rule.off')}`}
      />
      {excepted.length > 0 && (
        <ul className="exceptions" aria-label={t('sites.exceptions')}>
          {excepted.map((camera) => (
            <Excepted key={camera.id} camera={camera} over={(camera.plainException?.until ?? 0) <= now} />
          ))}
        </ul>
      )}
      {site.encryptedOnly && excepted.length === 0 && <p className="dim sm">{t('sites.noExceptions')}</p>}
      <Confirm
        opened={asked !== undefined}
        close={close}
        title={t(asked ? 'sites.insist.title' : 'sites.allow.title', { name: site.name })}
        happens={
          asked
            ? [stopping.length === 0 ? t('sites.insist.none') : t('sites.insist.stops', { which: stopping.map((each) => each.name).join(', ') }), t('sites.insist.exceptions'), t('remove.entry')]
            : [t('sites.allow.happens'), t('remove.entry')]
        }
        action={t(asked ? 'sites.insist.action' : 'sites.allow.action')}
        busy={save.isPending}
        fault={save.error}
        run={() => asked !== undefined && save.mutate(asked)}
      />
    </div>
  );
}

function Excepted({ camera, over }: { camera: Camera; over: boolean }): JSX.Element | null {
  const t = useText();
  if (!camera.plainException) return null;
  return (
    <li>
      <Link className="row-link" to="/cameras/$id" params={{ id: camera.id }}>
        {camera.name}
      </Link>{' '}
      <span className={over ? 'c-gap' : 'dim'}>
        {t(over ? 'exception.over' : 'exception.until')} <Time at={camera.plainException.until} />: {camera.plainException.reason}
      </span>
    </li>
  );
}
