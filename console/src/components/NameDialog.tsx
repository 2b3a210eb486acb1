import { Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useText } from '../i18n/language';

interface NameDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly label: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: string | undefined;
  readonly close: () => void;
  readonly done: (name: string) => void;
}

export function NameDialog({ opened, title, label, action, busy, error, close, done }: NameDialogProps): JSX.Element {
  const t = useText();
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    done(name.trim());
  };
  return (
    <Modal opened={opened} onClose={close} title={title} lockScroll={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit}>
        <TextInput label={label} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={100} error={error} data-autofocus required withAsterisk={false} />
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={busy || name.trim() === ''}>
            {action}
          </button>
        </div>
      </form>
    </Modal>
  );
}
