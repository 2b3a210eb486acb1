import { Checkbox, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask } from '../../api/client';
import { camera as cameraDecoder, type Camera } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { Fingerprint } from '../../components/Fingerprint';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';

interface DialogProps {
  readonly camera: Camera;
  /** What the camera showed when the dialog was opened: that one is accepted, whatever it shows next. */
  readonly shown: string;
  readonly close: () => void;
}

export function AcceptCertificate({ camera, shown, close }: DialogProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [compared, setCompared] = useState(false);
  const accept = useMutation({
    mutationFn: () => ask('PUT', `/cameras/${camera.id}/certificate`, cameraDecoder, { certificate: shown }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      announce(t('accept.done', { name: camera.name }));
      close();
    },
  });
  const known = camera.device?.certificate;
  return (
    <Modal opened onClose={close} title={t('accept.title', { name: camera.name })} lockScroll={false} size={640} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="col form">
        <p className="note warn">{t('accept.careful')}</p>
        <dl className="fingerprints">
          {known && (
            <>
              <dt>{t('accept.known')}</dt>
              <dd>
                <Fingerprint sha256={known.sha256} />
              </dd>
            </>
          )}
          <dt>{t('accept.shown')}</dt>
          <dd>
            <Fingerprint sha256={shown} />
          </dd>
        </dl>
        <p className="dim">{t('accept.how')}</p>
        <Checkbox checked={compared} onChange={(event) => setCompared(event.currentTarget.checked)} label={t('accept.compared')} data-autofocus />
        {accept.error && <Failure fault={accept.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="button" className="btn x" disabled={!compared || accept.isPending} onClick={() => accept.mutate()}>
            {t('accept.action')}
          </button>
        </div>
      </div>
    </Modal>
  );
}
