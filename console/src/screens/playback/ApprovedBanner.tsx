import { IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import type { LookApproval, Problem } from '../../api/model';
import { useCameras } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { cameraText, intervalText } from '../../components/approvals';
import { problemText } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';

interface BannerProps {
  /** Undefined if it is not known to whoever looks. */
  readonly approval: LookApproval | undefined;
  /** Why it is over, or was refused. */
  readonly problem: Problem | undefined;
}

/** By whose yes this look is, of what, and that it is this once; or why there is none. */
export function ApprovedBanner({ approval, problem }: BannerProps): JSX.Element {
  const t = useText();
  const zone = useZone();
  const announce = useAnnounce();
  const { data: cameras } = useCameras();
  const refused = problem && problemText(problem, 0, t);
  const words = refused
    ? `${refused.what} ${refused.next}`
    : t('approved.banner', {
        name: approval?.answered?.by.name ?? '',
        camera: approval ? cameraText(approval.camera, cameras, t) : '',
        interval: approval ? intervalText(approval.from, approval.to, zone) : '',
      });
  const over = refused !== undefined;
  useEffect(() => {
    if (over) announce(words);
  }, [announce, over, words]);
  return (
    <div className={over ? 'note bad approved' : 'note second approved'} data-approved={over ? 'over' : 'open'}>
      <IconUsers className="i" aria-hidden="true" />
      <p className="grow">
        {over || approval?.answered ? words : t('approved.opening')} {!over && <span className="dim">{t('approved.once')}</span>}
      </p>
      {over && (
        <Link to="/approvals" className="nw">
          {t('askMore.see')}
        </Link>
      )}
    </div>
  );
}
