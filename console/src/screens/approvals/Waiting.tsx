import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask } from '../../api/client';
import { approval as approvalDecoder, isLook, type Approval } from '../../api/model';
import { approvalsQuery, useCameras } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { ProofDialog } from '../../components/ProveAgain';
import { intervalText, matterText } from '../../components/approvals';
import { durationText } from '../../components/duration';
import { Failure } from '../../components/states';
import type { Text } from '../../i18n/catalogue';
import { useText } from '../../i18n/language';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import type { Zone } from '../../time/zone';
import { Request, stateText } from './Request';

/** One that waits for my answer. A yes is said after reading what it does; a no takes nothing that could not be asked again. */
export function Waiting({ approval, answered }: { approval: Approval; answered: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: cameras } = useCameras();
  const [confirming, setConfirming] = useState(false);
  const [proving, setProving] = useState(false);
  const over = async (said: 'approvals.done.yes' | 'approvals.done.no'): Promise<void> => {
    announce(t(said, { name: approval.by.name }));
    setProving(false);
    setConfirming(false);
    answered();
    await queries.invalidateQueries({ queryKey: approvalsQuery.queryKey });
  };
  const answer = useMutation({
    mutationFn: () => ask('POST', `/approvals/${approval.id}/no`, approvalDecoder),
    onSuccess: () => over('approvals.done.no'),
  });
  const approve = async (proof: object): Promise<void> => {
    await ask('POST', `/approvals/${approval.id}/yes`, approvalDecoder, { proof });
    await over('approvals.done.yes');
  };
  const camera = matterText(approval, cameras, zone, t);
  const { name } = approval.by;
  return (
    <Request approval={approval} state={<span>{stateText(approval, now, zone, t)}</span>}>
      <div className="acts">
        <button type="button" className="btn" disabled={answer.isPending} aria-label={t('approvals.no.to', { name, camera })} onClick={() => answer.mutate()}>
          {t('approvals.no')}
        </button>
        <button type="button" className="btn p" disabled={answer.isPending} aria-label={t('approvals.yes.to', { name, camera })} onClick={() => setConfirming(true)}>
          {t('approvals.yes')}
        </button>
      </div>
      {answer.error && <Failure fault={answer.error} />}
      <Confirm
        opened={confirming}
        close={() => setConfirming(false)}
        title={t(`approvals.confirm.title.${approval.kind}`, { name })}
        happens={[...happens(approval, camera, zone, t), t('approvals.confirm.record')]}
        action={t('approvals.confirm.action')}
        mild
        busy={proving}
        fault={null}
        run={() => setProving(true)}
      />
      <ProofDialog opened={proving} close={() => setProving(false)} lead={t('approvals.proof')} options={`/approvals/${approval.id}/proof`} send={approve} />
    </Request>
  );
}

/** What a yes does, before it is said. */
function happens(approval: Approval, what: string, zone: Zone, t: Text): string[] {
  const { name } = approval.by;
  if (isLook(approval)) {
    const interval = intervalText(approval.from, approval.to, zone);
    return [t('approvals.confirm.sees', { name, camera: what, interval, length: durationText(approval.to - approval.from, t) }), t('approvals.confirm.else'), t('approvals.confirm.good')];
  }
  return approval.kind === 'rights'
    ? [t('approvals.confirm.rights', { what }), t('approvals.confirm.rights.now'), t('approvals.confirm.rights.back')]
    : [t('approvals.confirm.removal', { name, what }), t('approvals.confirm.removal.stays'), t('approvals.confirm.good.removal')];
}
