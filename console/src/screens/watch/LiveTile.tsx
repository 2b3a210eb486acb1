import { Menu } from '@mantine/core';
import { IconCamera, IconDots, IconHistory, IconMaximize, IconMinimize, IconPlugConnectedX, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type DragEvent, type JSX, type KeyboardEvent } from 'react';
import type { Camera } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { CameraSign } from '../../components/CameraSign';
import { EmergencyButton } from '../../components/Emergency';
import { healthOf, nextTryText, stepText, streamFor, troubleText } from '../../components/camera-words';
import { problemText } from '../../components/states';
import { useText } from '../../i18n/language';
import type { Text } from '../../i18n/catalogue';
import { codecName } from '../../media/decoder';
import type { LiveStatus } from '../../media/live';
import { useConnectionStatus } from '../../media/MediaProvider';
import { MILLISECOND, type Micros } from '../../time/instant';
import { useNow, useServerClock } from '../../time/server-clock';
import { useZone } from '../../time/site';
import { utcText, type Zone } from '../../time/zone';
import { useLive } from './use-live';

export interface TileActs {
  readonly select: () => void;
  readonly full: () => void;
  readonly remove: () => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly dragStart: (event: DragEvent) => void;
  readonly drop: (event: DragEvent) => void;
}

interface TileProps {
  readonly camera: Camera;
  readonly place: number;
  readonly large: boolean;
  readonly isFull: boolean;
  readonly selected: boolean;
  readonly acts: TileActs;
}

/** One camera of the wall. Its picture is either live or not there. */
export function LiveTile({ camera, place, large, isFull, selected, acts }: TileProps): JSX.Element {
  const t = useText();
  const [menu, setMenu] = useState(false);
  const { canvas, status, again } = useLive(camera.id, streamFor(camera, large));
  const live = status.phase === 'live';
  const state = status.camera ?? camera.state;
  const tile = useRef<HTMLElement>(null);
  useSpokenChange(camera.name, status, t);

  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') acts.full();
    else if (event.key === '.' || event.key === 'ContextMenu') setMenu(true);
    else if (event.key === 'Delete') acts.remove();
    else {
      acts.key(event);
      return;
    }
    event.preventDefault();
  };
  return (
    <figure
      ref={tile}
      className={['tile', selected ? 'sel' : '', live ? '' : 'nosig'].join(' ')}
      data-place={place}
      data-tile={camera.id}
      // A tile is taken by mouse and by keys alike; its name is its caption.
      tabIndex={0}
      role="group"
      aria-label={t('tile.label', { n: place + 1, name: camera.name })}
      draggable={!isFull}
      onClick={acts.select}
      onDoubleClick={acts.full}
      onFocus={acts.select}
      onKeyDown={onKey}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu(true);
      }}
      onDragStart={acts.dragStart}
      onDragOver={(event) => event.preventDefault()}
      onDrop={acts.drop}
    >
      <canvas ref={canvas} data-camera={camera.id} data-state={status.phase} data-stream={streamFor(camera, large)} aria-hidden="true" />
      {!live && <NoPicture camera={camera.name} status={status} again={again} />}
      <TileFacts status={status} live={live} />
      <div className="tr menu">
        <Menu opened={menu} onChange={setMenu} position="bottom-end" withinPortal withInitialFocusPlaceholder={false} onClose={() => tile.current?.focus()}>
          <Menu.Target>
            <button type="button" className="tag" aria-label={t('tile.menu', { name: camera.name })} title={t('tile.menu.key')}>
              <IconDots className="i" aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{camera.name}</Menu.Label>
            <Menu.Item
              leftSection={isFull ? <IconMinimize className="i" aria-hidden="true" /> : <IconMaximize className="i" aria-hidden="true" />}
              onClick={acts.full}
            >
              {t(isFull ? 'tile.small' : 'tile.full')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconHistory className="i" aria-hidden="true" />}
              component={Link}
              // The wall's own picture is where looking back begins.
              to="/playback"
              search={{ cameras: camera.id } as never}
            >
              {t('tile.lookBack')}
            </Menu.Item>
            <Menu.Item leftSection={<IconCamera className="i" aria-hidden="true" />} component={Link} to="/cameras/$id" params={{ id: camera.id } as never}>
              {t('tile.camera')}
            </Menu.Item>
            {!isFull && (
              <Menu.Item leftSection={<IconX className="i" aria-hidden="true" />} onClick={acts.remove}>
                {t('tile.remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <figcaption className="name">
        <CameraSign state={state} />
        {state?.phase === 'streaming' && <span className="ringrec" role="img" aria-label={t('sign.recording')} title={t('sign.recording')} />}
        <span className="ell">{camera.name}</span>
      </figcaption>
      <TileTime status={status} live={live} />
    </figure>
  );
}

function TileFacts({ status, live }: { status: LiveStatus; live: boolean }): JSX.Element | null {
  const t = useText();
  const clock = useServerClock();
  if (!live || status.lastWallTime === undefined) return null;
  const delay = Math.max(0, Math.round((clock.now() - status.lastWallTime) / MILLISECOND));
  return (
    <div className="tr facts-strip num">
      <span className="tag">{t('phase.live')}</span>
      <span className="tag">{t('tile.delay', { millis: t.number(delay) })}</span>
      {status.config?.width !== undefined && (
        <span className="tag">
          {status.config.width}×{status.config.height}
        </span>
      )}
      {status.config && <span className="tag">{codecName(status.config.codec)}</span>}
      {status.skipped > 0 && <span className="tag">{t('tile.skipped', { n: t.number(status.skipped) })}</span>}
    </div>
  );
}

function TileTime({ status, live }: { status: LiveStatus; live: boolean }): JSX.Element | null {
  const t = useText();
  const zone = useZone();
  const at = status.lastWallTime;
  if (at === undefined) return null;
  return (
    <time className="clk" title={utcText(at)} dateTime={new Date(at / 1000).toISOString()}>
      {live ? zone.time(at) : t('tile.last', { time: zone.time(at) })}
    </time>
  );
}

function NoPicture({ camera, status, again }: { camera: string; status: LiveStatus; again: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const connection = useConnectionStatus();
  const retryAt = connection.phase === 'waiting' ? connection.retryAt : undefined;
  const { what, next } = noPictureText(status, now, retryAt, zone, t);
  const trouble = status.phase !== 'opening' && status.phase !== 'waiting';
  return (
    <div className="msg">
      {trouble && <IconPlugConnectedX className="i c-gap" aria-hidden="true" />}
      <b>{what}</b>
      {next !== undefined && <span>{next}</span>}
      {status.phase === 'closed' && (
        <button type="button" className="btn s" onClick={again}>
          {t('action.again')}
        </button>
      )}
      {status.phase === 'closed' && <EmergencyButton because={status.problem?.key} camera={camera} />}
    </div>
  );
}

export function noPictureText(
  status: LiveStatus,
  now: Micros,
  retryAtMillis: number | undefined,
  zone: Zone,
  t: Text,
): { what: string; next: string | undefined } {
  switch (status.phase) {
    case 'opening':
    case 'live':
      return { what: t('tile.opening'), next: t('tile.opening.why') };
    case 'waiting':
      return { what: t('tile.waiting'), next: t('tile.waiting.why') };
    case 'camera':
      return status.camera
        ? { what: troubleText(status.camera, zone, t), next: stepText(status.camera, t) ?? nextTryText(status.camera, now, t) }
        : { what: t('phase.unknown'), next: undefined };
    case 'silent':
      return {
        what: t('tile.silent', { time: status.lastWallTime === undefined ? '' : zone.time(status.lastWallTime) }),
        next: t('tile.silent.why'),
      };
    case 'lost': {
      const seconds = retryAtMillis === undefined ? 0 : Math.ceil((retryAtMillis - Date.now()) / 1000);
      return { what: t('tile.lost'), next: seconds > 0 ? t('trouble.nextTry', { seconds }) : t('trouble.trying') };
    }
    case 'closed':
      return status.problem ? problemText(status.problem, status.problem.status ?? 0, t) : { what: t('tile.closed'), next: undefined };
    case 'unsupported':
      // Only of a camera that is there can it be said that its recording goes on.
      if (status.camera && healthOf(status.camera) === 'trouble') return { what: troubleText(status.camera, zone, t), next: stepText(status.camera, t) ?? nextTryText(status.camera, now, t) };
      return status.hindrance === 'no-webcodecs'
        ? { what: t('tile.noWebCodecs'), next: t('tile.noWebCodecs.next') }
        : { what: t('tile.noCodec', { codec: codecName(status.config?.codec ?? '') }), next: t('tile.noCodec.next') };
  }
}

/** A picture that goes away or comes back is said, not only shown. */
function useSpokenChange(name: string, status: LiveStatus, t: Text): void {
  const announce = useAnnounce();
  const zone = useZone();
  const before = useRef<LiveStatus['phase']>('opening');
  useEffect(() => {
    const was = before.current;
    before.current = status.phase;
    if (was === status.phase) return;
    if (status.phase === 'live' && (was === 'camera' || was === 'silent' || was === 'lost')) announce(t('tile.back', { name }));
    if (was === 'live' && status.phase !== 'waiting' && status.phase !== 'opening') {
      announce(`${name}: ${noPictureText(status, 0, undefined, zone, t).what}`);
    }
  }, [announce, name, status, t, zone]);
}
