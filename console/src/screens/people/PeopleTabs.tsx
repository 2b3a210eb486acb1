import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useText } from '../../i18n/language';

/** Who is here, and what roles there are. */
export function PeopleTabs(): JSX.Element {
  const t = useText();
  return (
    <nav className="seg" aria-label={t('people.parts')}>
      <Link to="/people" activeOptions={{ exact: true }} activeProps={{ className: 'on' }}>
        {t('people.persons')}
      </Link>
      <Link to="/people/roles" activeProps={{ className: 'on' }}>
        {t('people.roles')}
      </Link>
    </nav>
  );
}
