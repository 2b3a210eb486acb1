import { Modal, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { camera as cameraDecoder, type Camera } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { DAY, formatInstant, nowMicros } from '../../time/instant';
import { useZone } from '../../time/site';

const USUAL_DAYS = 30;
const MOST_DAYS = 365;

/** Lets one camera be called unencrypted for a time, at a site that takes encrypted cameras only. */
export function PlainException({ camera, close }: { camera: Camera; close: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const dayIn = (days: number): string => zone.fieldsOf(nowMicros() + days * DAY).date;
  const [lastDay, setLastDay] = useState(() => dayIn(USUAL_DAYS));
  const [reason, setReason] = useState(camera.plainException?.reason ?? '');
  // To the end of that day, by the site's clock.
  const until = zone.fromFields(lastDay, '23:59:59');
  const save = useMutation({
    mutationFn: (end: number) => ask('PUT', `/cameras/${camera.id}/plain-exception`, cameraDecoder, { until: formatInstant(end), reason: reason.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('exception.done', { name: camera.name }));
      close();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (until !== undefined) save.mutate(until);
  };
  return (
    <Modal opened onClose={close} title={t('exception.title', { name: camera.name })} lockScroll={false} size={520} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="col form" onSubmit={submit}>
        <p className="note warn">{t('exception.careful')}</p>
        <TextInput
          type="date"
          label={t('exception.lastDay')}
          description={t('exception.lastDay.how', { zone: zone.name })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={dayIn(0)}
          max={dayIn(MOST_DAYS - 1)}
          value={lastDay}
          onChange={(event) => setLastDay(event.currentTarget.value)}
          error={faultText(save.error, 'until', t)}
          required
          withAsterisk={false}
        />
        <Textarea
          label={t('exception.reason')}
          description={t('exception.reason.how')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={faultText(save.error, 'reason', t)}
          maxLength={500}
          rows={2}
          required
          withAsterisk={false}
          data-autofocus
        />
        {save.error && <Failure fault={save.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={save.isPending || until === undefined}>
            {t('exception.action')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
