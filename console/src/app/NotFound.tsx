import { IconEyeOff, IconLifebuoy, IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { Me } from '../api/model';
import { useEmergency } from '../components/Emergency';
import { Empty } from '../components/states';
import { useText } from '../i18n/language';
import { rolesText } from '../components/roles';
import { homeOf } from './screens';

export function NotFound(): JSX.Element {
  const t = useText();
  return (
    <main className="center-page">
      <Empty icon={IconMapOff} title={t('notFound.title')} next={t('notFound.next')}>
        <Link className="btn p" to="/">
          {t('notFound.home')}
        </Link>
      </Empty>
    </main>
  );
}

export function NotYours({ me }: { me: Me }): JSX.Element {
  const t = useText();
  const home = homeOf(me);
  const { take } = useEmergency();
  const roles = me.person.roles;
  const next = roles.length === 0 ? t('notYours.noRole') : t('notYours.next', { role: rolesText(roles, t) });
  if (take && !home) {
    return (
      <div className="center-page">
        <Empty icon={IconLifebuoy} title={t('emergency.waits')} next={t('emergency.waits.next')}>
          <button type="button" className="btn p" onClick={take}>
            {t('emergency.take')}
          </button>
        </Empty>
      </div>
    );
  }
  return (
    <div className="center-page">
      <Empty icon={IconEyeOff} title={t('notYours.title')} next={next}>
        {home && (
          <Link className="btn p" to={home.path}>
            {t('notYours.home', { screen: t(home.title) })}
          </Link>
        )}
      </Empty>
    </div>
  );
}
