import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useText } from '../../i18n/language';

/** Cameras one by one, and the groups that they lie in. */
export function CameraTabs(): JSX.Element {
  const t = useText();
  return (
    <nav className="seg" aria-label={t('people.parts')}>
      <Link to="/cameras" activeOptions={{ exact: true }} activeProps={{ className: 'on' }}>
        {t('groups.tab.cameras')}
      </Link>
      <Link to="/cameras/groups" activeProps={{ className: 'on' }}>
        {t('groups.tab')}
      </Link>
    </nav>
  );
}
