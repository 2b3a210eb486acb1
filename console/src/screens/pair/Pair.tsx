import { IconCircleCheck, IconTerminal2 } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { pairing } from '../../api/model';
import { useMe } from '../../api/queries';
import { Time } from '../../components/Time';
import { Empty, Failure, Loading } from '../../components/states';
import { rolesText } from '../../components/roles';
import { useText } from '../../i18n/language';

/** `/pair/<code>`: a command line asks to act as the one who is signed in. */
export function Pair(): JSX.Element {
  const t = useText();
  const me = useMe();
  const { code } = useParams({ from: '/inside/pair/$code' });
  const path = `/pairings/${encodeURIComponent(code)}`;
  const asked = useQuery({ queryKey: ['pairing', code], queryFn: () => ask('GET', path, pairing), retry: false });
  const approve = useMutation({ mutationFn: () => ask('POST', `${path}/approve`, nothing, {}) });
  const role = rolesText(me.person.roles, t);
  return (
    <div className="center-page">
      <section className="panel pair">
        <header>
          <IconTerminal2 className="i l" aria-hidden="true" />
          <h1>{t('pair.title')}</h1>
        </header>
        <div className="pad col gap">
          {asked.isPending && <Loading />}
          {asked.error && <Failure fault={asked.error} />}
          {asked.data && !approve.isSuccess && (
            <>
              <p>{t('pair.lead', { name: me.person.name, role })}</p>
              <p className="pair-code mono" aria-label={t('pair.code')}>
                {asked.data.code}
              </p>
              <dl className="kv">
                <dt>{t('pair.device')}</dt>
                <dd>{asked.data.device}</dd>
                {asked.data.address && (
                  <>
                    <dt>{t('pair.address')}</dt>
                    <dd className="mono">{asked.data.address}</dd>
                  </>
                )}
                <dt>{t('pair.until')}</dt>
                <dd>
                  <Time at={asked.data.expiresAt} />
                </dd>
              </dl>
              <p className="note warn">{t('pair.compare')}</p>
              {approve.error && <Failure fault={approve.error} />}
              <div className="row wrap">
                <button type="button" className="btn p" disabled={approve.isPending} onClick={() => approve.mutate()}>
                  {t('pair.approve')}
                </button>
                <Link className="btn" to="/">
                  {t('pair.refuse')}
                </Link>
              </div>
            </>
          )}
          {approve.isSuccess && (
            <Empty icon={IconCircleCheck} title={t('pair.done')} next={t('pair.done.next')}>
              <Link className="btn" to="/">
                {t('pair.home')}
              </Link>
            </Empty>
          )}
        </div>
      </section>
    </div>
  );
}
