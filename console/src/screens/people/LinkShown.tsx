import { Modal } from '@mantine/core';
import type { JSX } from 'react';
import type { Invited } from '../../api/model';
import { CopyButton } from '../../components/CopyButton';
import { QrCode } from '../../components/QrCode';
import { Time } from '../../components/Time';
import { useText } from '../../i18n/language';

/** The one-time link, shown once: it is not kept anywhere, not even here. */
export function LinkShown({ invited, close }: { invited: Invited | undefined; close: () => void }): JSX.Element {
  const t = useText();
  return (
    <Modal
      opened={invited !== undefined}
      onClose={close}
      title={t('link.title', { name: invited?.person.name ?? '' })}
      lockScroll={false}
      size={480}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {invited && (
        <div className="col gap">
          <p>{t('link.how')}</p>
          <div className="row link-shown">
            <code className="mono grow">{invited.link}</code>
            <CopyButton text={invited.link} />
          </div>
          <div className="link-qr">
            <QrCode text={invited.link} label={t('link.qr')} />
          </div>
          <p className="note warn">
            <span>
              {t('link.until')} <Time at={invited.expiresAt} />
            </span>
          </p>
          <div className="dialog-foot">
            <button type="button" className="btn p" onClick={close}>
              {t('link.done')}
            </button>
          </div>
        </div>
      )}
    </Modal>
  );
}
