import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask } from '../../api/client';
import { approval as approvalDecoder, isLook, type Approval } from '../../api/model';
import { approvalsQuery, useCameras } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { matterText, stateOf } from '../../components/approvals';
import { Failure } from '../../components/states';
import { useText } from '../../i18n/language';
import { formatInstant } from '../../time/instant';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import { Request, stateText } from './Request';

/** One of mine: what became of it, and what I can do with it. */
export function Asked({ approval }: { approval: Approval }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const { data: cameras } = useCameras();
  const withdraw = useMutation({
    mutationFn: () => ask('DELETE', `/approvals/${approval.id}`, approvalDecoder),
    onSuccess: async () => {
      announce(t('approvals.done.withdrawn'));
      await queries.invalidateQueries({ queryKey: approvalsQuery.queryKey });
    },
  });
  const state = stateOf(approval, now);
  const camera = matterText(approval, cameras, zone, t);
  return (
    <Request approval={approval} state={<span className={state === 'approved' ? 'c-live b' : ''}>{stateText(approval, now, zone, t)}</span>}>
      {state === 'waiting' && (
        <div className="acts">
          <button type="button" className="btn" disabled={withdraw.isPending} aria-label={t('approvals.withdraw.of', { camera })} onClick={() => withdraw.mutate()}>
            {t('approvals.withdraw')}
          </button>
        </div>
      )}
      {state === 'approved' && approval.kind === 'removal' && approval.camera !== undefined && (
        <div className="acts">
          <Link className="btn" to="/cameras/$id" params={{ id: approval.camera }}>
            {t('approvals.removal.go')}
          </Link>
        </div>
      )}
      {state === 'approved' && isLook(approval) && (
        <div className="acts">
          <Link className="btn p" to="/playback" search={{ cameras: approval.camera, at: formatInstant(approval.from), approval: approval.id }} preload={false}>
            <IconPlayerPlay className="i" aria-hidden="true" />
            {t('approvals.look')}
          </Link>
        </div>
      )}
      {withdraw.error && <Failure fault={withdraw.error} />}
    </Request>
  );
}
