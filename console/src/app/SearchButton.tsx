import { IconSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Role } from '../api/model';
import { useText } from '../i18n/language';
import { searchHint } from './screens';

export function SearchButton({ role, open }: { role: Role; open: () => void }): JSX.Element {
  const t = useText();
  return (
    <button type="button" className="find" onClick={open}>
      <IconSearch className="i" aria-hidden="true" />
      <span className="ell grow">{t(searchHint[role])}</span>
      <kbd aria-hidden="true">/</kbd>
      <kbd aria-hidden="true" className="hide-m">
        {t('key.ctrl')} K
      </kbd>
    </button>
  );
}
