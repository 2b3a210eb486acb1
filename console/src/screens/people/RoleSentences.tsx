import { IconCamera, IconCheck, IconFilter, IconUsers, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Role } from '../../api/model';
import { limitsOf } from '../../components/limits';
import { useText } from '../../i18n/language';

/** A role in sentences: what it may do, on which cameras, what narrows it, and what it may never. */
export function RoleSentences({ role, on }: { role: Role; on?: string | undefined }): JSX.Element {
  const t = useText();
  const limits = limitsOf(role, t);
  // What a limit says is not said without it.
  const may = t(`role.${role.template}.may`).split('\n').filter((sentence) => role.oldestHours === undefined || sentence !== t('role.operator.back'));
  const mayAskForMore = role.oldestHours !== undefined || role.sinceGiven;
  return (
    <div className="sentences">
      <ul>
        {may.map((sentence) => (
          <li key={sentence}>
            <IconCheck className="i s c-live" aria-hidden="true" />
            {sentence}
          </li>
        ))}
        {on !== undefined && (
          <li>
            <IconCamera className="i s c-live" aria-hidden="true" />
            {t('held.on', { cameras: on })}
          </li>
        )}
        {limits.map((sentence) => (
          <li key={sentence}>
            <IconFilter className="i s c-held" aria-hidden="true" />
            {sentence}
          </li>
        ))}
        {mayAskForMore && (
          <li>
            <IconUsers className="i s c-second" aria-hidden="true" />
            {t('limit.askForMore')}
          </li>
        )}
      </ul>
      <p className="lbl">{t('role.never')}</p>
      <ul>
        {t(`role.${role.template}.never`).split('\n').map((sentence) => (
          <li key={sentence} className="dim">
            <IconX className="i s c-gap" aria-hidden="true" />
            {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}
