import { Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useText } from '../../i18n/language';
import type { Micros } from '../../time/instant';
import { useZone } from '../../time/site';

/** Go to a time of the site's clock. */
export function GoTo({ opened, position, close, go }: { opened: boolean; position: Micros; close: () => void; go: (at: Micros) => void }): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('playback.goTo')} lockScroll={false} size={380} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {opened && <Fields position={position} close={close} go={go} />}
    </Modal>
  );
}

function Fields({ position, close, go }: { position: Micros; close: () => void; go: (at: Micros) => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const [date, setDate] = useState(() => zone.fieldsOf(position).date);
  const [time, setTime] = useState(() => zone.time(position));
  const at = zone.fromFields(date, time);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (at === undefined) return;
    go(at);
    close();
  };
  return (
    <form onSubmit={submit}>
      <div className="two">
        <TextInput type="date" label={t('goTo.day')} value={date} onChange={(event) => setDate(event.currentTarget.value)} required withAsterisk={false} />
        <TextInput
          label={t('goTo.time', { zone: zone.abbreviation(position) })}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
          error={at === undefined && t('goTo.wrong')}
          data-autofocus
          required
          withAsterisk={false}
        />
      </div>
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p" disabled={at === undefined}>
          {t('goTo.go')}
        </button>
      </div>
    </form>
  );
}
