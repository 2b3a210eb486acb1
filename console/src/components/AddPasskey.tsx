import { Modal, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../api/client';
import { passkey, passkeyCreation, type Passkey } from '../api/model';
import { useText } from '../i18n/language';
import { makePasskey } from './passkey';
import { Failure, faultText } from './states';

/** A name for it, then the authenticator is asked. */
export function AddPasskey({ opened, close, added }: { opened: boolean; close: () => void; added: (passkey: Passkey) => void }): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('passkey.add')} lockScroll={false} size={420} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <PasskeyForm added={added} close={close} />}
    </Modal>
  );
}

interface PasskeyFormProps {
  readonly added: (passkey: Passkey) => void;
  readonly close: () => void;
  /** What leads away without one. */
  readonly closeLabel?: string;
}

export function PasskeyForm({ added, close, closeLabel }: PasskeyFormProps): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const asked = await ask('POST', '/me/passkeys/options', passkeyCreation);
      const made = await makePasskey(asked);
      return ask('POST', '/me/passkeys', passkey, { name: name.trim(), ...made });
    },
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['mine', 'passkeys'] });
      added(done);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const inWords = faultText(add.error, 'passkey', t);
  return (
    <form className="col form" onSubmit={submit}>
      <p className="dim">{t('passkey.add.lead')}</p>
      <TextInput
        label={t('passkey.name')}
        description={t('passkey.name.how')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
        error={faultText(add.error, 'name', t)}
        required
        withAsterisk={false}
        data-autofocus
      />
      {inWords ? (
        <p className="note bad" role="alert">
          {inWords}
        </p>
      ) : (
        add.error && <Failure fault={add.error} />
      )}
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {closeLabel ?? t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={add.isPending || name.trim() === ''}>
          <IconFingerprint className="i" aria-hidden="true" />
          {t(add.isPending ? 'passkey.waiting' : 'passkey.add.go')}
        </button>
      </div>
    </form>
  );
}
