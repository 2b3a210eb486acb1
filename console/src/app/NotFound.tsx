import { IconEyeOff, IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { Role } from '../api/model';
import { Empty } from '../components/states';
import { useText } from '../i18n/language';
import { homeOf, screens } from './screens';

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

export function NotYours({ role }: { role: Role }): JSX.Element {
  const t = useText();
  const home = screens.find((each) => each.path === homeOf(role));
  return (
    <div className="center-page">
      <Empty icon={IconEyeOff} title={t('notYours.title')} next={t('notYours.next', { role: t(`role.${role}`) })}>
        {home && (
          <Link className="btn p" to={home.path}>
            {t('notYours.home', { screen: t(home.title) })}
          </Link>
        )}
      </Empty>
    </div>
  );
}
