import { IconEyeOff, IconLoader2, IconPlugConnectedX } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { Camera } from '../../api/model';
import { causeText } from '../../components/camera-words';
import { problemText } from '../../components/states';
import { useText } from '../../i18n/language';
import type { Text } from '../../i18n/catalogue';
import { codecName } from '../../media/decoder';
import type { PlaybackSession } from '../../media/playback';
import type { PlaybackStatus } from '../../media/playback-channel';
import { useZone } from '../../time/site';
import { utcText, type Zone } from '../../time/zone';
import { useStage } from './use-playback';

interface TileProps {
  readonly session: PlaybackSession;
  readonly camera: Camera;
  readonly number: number;
  readonly selected: boolean;
  readonly waiting: boolean;
  readonly status: PlaybackStatus | undefined;
  readonly select: () => void;
  readonly full: () => void;
}

export function PlaybackTile({ session, camera, number, selected, waiting, status, select, full }: TileProps): JSX.Element {
  const t = useText();
  const zone = useZone();
  const canvas = useStage(session, camera.id);
  const phase = status?.phase ?? 'opening';
  const message = status && messageFor(status, zone, t);
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

/** It may be there, and is not shown to this person. */
const WITHHELD: ReadonlySet<string> = new Set(['too-old', 'before-given']);

function messageFor(status: PlaybackStatus, zone: Zone, t: Text): { what: string; next: string | undefined } | undefined {
  switch (status.phase) {
    case 'picture':
    case 'opening':
    case 'seeking':
      return undefined;
    case 'gap':
      if (status.gap && WITHHELD.has(status.gap.cause)) return { what: causeText(status.gap.cause, t), next: t('playback.withheld', { to: zone.dayAndTime(status.gap.end) }) };
      return status.gap && status.gap.cause !== 'unknown'
        ? { what: causeText(status.gap.cause, t), next: t('playback.gap.span', { from: zone.time(status.gap.start), to: zone.time(status.gap.end) }) }
        : { what: t('playback.nothingHere'), next: status.gap && t('playback.gap.until', { to: zone.dayAndTime(status.gap.end) }) };
    case 'nothing':
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
