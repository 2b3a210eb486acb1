import { IconEyeOff, IconLoader2, IconPlugConnectedX, IconUsers } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Camera } from '../../api/model';
import { EmergencyButton } from '../../components/Emergency';
import { intervalText } from '../../components/approvals';
import { causeText } from '../../components/camera-words';
import { isWithheld, type Gap } from '../../media/gops';
import { problemText } from '../../components/states';
import { useText } from '../../i18n/language';
import type { Text } from '../../i18n/catalogue';
import { codecName } from '../../media/decoder';
import type { PlaybackSession } from '../../media/playback';
import type { PlaybackStatus } from '../../media/playback-channel';
import { useZone } from '../../time/site';
import { utcText, type Zone } from '../../time/zone';
import type { Interval } from './address';
import { useStage } from './use-playback';

interface TileProps {
  readonly session: PlaybackSession;
  readonly camera: Pick<Camera, 'id' | 'name'>;
  readonly number: number;
  readonly selected: boolean;
  readonly waiting: boolean;
  readonly status: PlaybackStatus | undefined;
  readonly select: () => void;
  readonly full: () => void;
  /** What another's yes is for; nothing else is shown. */
  readonly approved: Interval | undefined;
  readonly askForMore: (gap: Gap) => void;
}

export function PlaybackTile({ session, camera, number, selected, waiting, status, select, full, approved, askForMore }: TileProps): JSX.Element {
  const t = useText();
  const zone = useZone();
  const canvas = useStage(session, camera.id);
  const phase = status?.phase ?? 'opening';
  const message = status && messageFor(status, approved, zone, t);
  const askable = approved === undefined && phase === 'gap' && status?.gap?.askable ? status.gap : undefined;
  const at = status?.shownWallTime;
  return (
    <figure
      className={['tile', selected ? 'sel' : '', message ? 'nosig' : ''].join(' ')}
      tabIndex={0}
      role="group"
      aria-label={t('tile.label', { n: number, name: camera.name })}
      data-tile={camera.id}
      onClick={select}
      onFocus={select}
      onDoubleClick={full}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        full();
      }}
    >
      <canvas ref={canvas} data-camera={camera.id} data-state={phase} aria-hidden="true" />
      {message && (
        <div className="msg">
          {phase === 'gap' || phase === 'nothing' ? <IconEyeOff className="i" aria-hidden="true" /> : <IconPlugConnectedX className="i c-gap" aria-hidden="true" />}
          <b>{message.what}</b>
          {message.next !== undefined && <span>{message.next}</span>}
          {askable && (
            <button type="button" className="btn" aria-label={t('askMore.of', { camera: camera.name })} onClick={() => askForMore(askable)} onDoubleClick={(event) => event.stopPropagation()}>
              <IconUsers className="i s" aria-hidden="true" />
              {t('askMore.button')}
            </button>
          )}
          {approved === undefined && <EmergencyButton because={refusedBy(status)} camera={camera.name} />}
        </div>
      )}
      {waiting && !message && (
        <div className="tr">
          <span className="tag">
            <IconLoader2 className="i" aria-hidden="true" />
            {t('playback.waiting')}
          </span>
        </div>
      )}
      <figcaption className="name">
        <b className="num dim">{number}</b>
        <span className="ell">{camera.name}</span>
      </figcaption>
      {at !== undefined && (
        <time className="clk" title={utcText(at)} dateTime={new Date(at / 1000).toISOString()}>
          {zone.millis(at)}
        </time>
      )}
    </figure>
  );
}

/** By what nothing is shown, if it is a rule and not a gap. */
function refusedBy(status: PlaybackStatus | undefined): string | undefined {
  return status?.phase === 'gap' ? status.gap?.cause : status?.problem?.key;
}

function messageFor(status: PlaybackStatus, approved: Interval | undefined, zone: Zone, t: Text): { what: string; next: string | undefined } | undefined {
  switch (status.phase) {
    case 'picture':
    case 'opening':
    case 'seeking':
      return undefined;
    case 'gap':
      if (approved && status.gap && isWithheld(status.gap.cause)) return outside(approved, zone, t);
      if (status.gap && isWithheld(status.gap.cause)) return { what: causeText(status.gap.cause, t), next: t(status.gap.askable ? 'playback.withheld' : 'playback.withheld.only', { to: zone.dayAndTime(status.gap.end) }) };
      return status.gap && status.gap.cause !== 'unknown'
        ? { what: causeText(status.gap.cause, t), next: t('playback.gap.span', { from: zone.time(status.gap.start), to: zone.time(status.gap.end) }) }
        : { what: t('playback.nothingHere'), next: status.gap && t('playback.gap.until', { to: zone.dayAndTime(status.gap.end) }) };
    case 'nothing':
      if (approved) return outside(approved, zone, t);
      return { what: t('playback.nothingHere'), next: undefined };
    case 'lost':
      return { what: t('tile.lost'), next: t('trouble.trying') };
    case 'closed':
      return status.problem ? problemText(status.problem, 0, t) : { what: t('tile.closed'), next: undefined };
    case 'damaged':
      return { what: t('playback.damaged'), next: t('playback.damaged.next') };
    case 'unsupported':
      return status.hindrance === 'no-webcodecs'
        ? { what: t('tile.noWebCodecs'), next: t('tile.noWebCodecs.next') }
        : { what: t('tile.noCodec', { codec: codecName(status.config?.codec ?? '') }), next: t('tile.noCodec.next') };
  }
}

function outside(approved: Interval, zone: Zone, t: Text): { what: string; next: string } {
  return { what: t('approved.outside'), next: t('approved.outside.next', { interval: intervalText(approved.start, approved.end, zone) }) };
}
