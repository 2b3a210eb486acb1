import { IconSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Me } from '../api/model';
import { useText } from '../i18n/language';
import { searchHint } from './screens';

export function SearchButton({ me, open }: { me: Me; open: () => void }): JSX.Element {
  const t = useText();
  return (
    <button type="button" className="find" onClick={open}>
      <IconSearch className="i" aria-hidden="true" />
      <span className="ell grow">{t(searchHint(me))}</span>
      <kbd aria-hidden="true">/</kbd>
      <kbd aria-hidden="true" className="hide-m">
        {t('key.ctrl')} K
      </kbd>
    </button>
  );
}
