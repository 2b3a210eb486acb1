import { Modal } from '@mantine/core';
import type { JSX } from 'react';
import { useText } from '../i18n/language';
import { Failure } from './states';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen, one sentence each. */
  readonly happens: readonly string[];
  readonly action: string;
  /** Nothing is lost or taken by it. */
  readonly mild?: boolean;
  readonly busy: boolean;
  readonly fault: Error | null;
  readonly close: () => void;
  readonly run: () => void;
}

/** Says exactly what will happen before it does. */
export function Confirm({ opened, title, happens, action, mild = false, busy, fault, close, run }: ConfirmProps): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={title} lockScroll={false} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <ul className="happens">
        {happens.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {fault && <Failure fault={fault} />}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close} data-autofocus>
          {t('action.cancel')}
        </button>
        <button type="button" className={mild ? 'btn p' : 'btn x'} disabled={busy} onClick={run}>
          {action}
        </button>
      </div>
    </Modal>
  );
}
