import { IconCheck, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Role } from '../../api/model';
import { useText } from '../../i18n/language';

/** A role in sentences: what it may do, and what it may never. */
export function RoleSentences({ role }: { role: Role }): JSX.Element {
  const t = useText();
  return (
    <div className="sentences">
      <ul>
        {t(`role.${role}.may`).split('\n').map((sentence) => (
          <li key={sentence}>
            <IconCheck className="i s c-live" aria-hidden="true" />
            {sentence}
          </li>
        ))}
      </ul>
      <p className="lbl">{t('role.never')}</p>
      <ul>
        {t(`role.${role}.never`).split('\n').map((sentence) => (
          <li key={sentence} className="dim">
            <IconX className="i s c-gap" aria-hidden="true" />
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
