import {
  IconCalendar,
  IconChevronLeft,
  IconChevronRight,
  IconMinus,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackPrev,
  IconPlus,
  IconRewindBackward10,
  IconRewindForward10,
  type Icon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { durationText } from '../../components/duration';
import { useText } from '../../i18n/language';
import type { PlainKey } from '../../i18n/catalogue';
import { speeds, type PlaybackSnapshot } from '../../media/playback';
import { useZone } from '../../time/site';
import { utcText } from '../../time/zone';

export interface TransportActs {
  readonly toggle: () => void;
  readonly step: (direction: 1 | -1) => void;
  readonly jump: (seconds: number) => void;
  readonly oldest: () => void;
  readonly newest: () => void;
  readonly rate: (rate: number) => void;
  readonly goTo: () => void;
  readonly zoom: (factor: number) => void;
}

const fractions: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

export function rateText(rate: number): string {
  const size = fractions[Math.abs(rate)] ?? String(Math.abs(rate));
  return `${rate < 0 ? '−' : ''}${size}×`;
}

export function Transport({ snapshot, span, acts }: { snapshot: PlaybackSnapshot; span: number; acts: TransportActs }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const { playing, rate, position } = snapshot;
  const backward = rate < 0;
  return (
    <section className="tp" aria-label={t('playback.transport')}>
      <div className="row tp-buttons">
        <Press label="playback.oldest" keys="Home" icon={IconPlayerSkipBack} act={acts.oldest} />
        <Press label="playback.back10" keys="⇧ ←" icon={IconRewindBackward10} act={() => acts.jump(-10)} />
        <Press label="playback.frameBack" keys="←" icon={IconChevronLeft} act={() => acts.step(-1)} />
        <button type="button" className="btn p ic" title={t(playing ? 'playback.pause' : 'playback.play')} aria-label={t(playing ? 'playback.pause' : 'playback.play')} onClick={acts.toggle}>
          {playing ? <IconPlayerPause className="i" aria-hidden="true" /> : <IconPlayerPlay className="i" aria-hidden="true" />}
        </button>
        <Press label="playback.frameOn" keys="→" icon={IconChevronRight} act={() => acts.step(1)} />
        <Press label="playback.on10" keys="⇧ →" icon={IconRewindForward10} act={() => acts.jump(10)} />
        <Press label="playback.newest" keys="End" icon={IconPlayerSkipForward} act={acts.newest} />
      </div>
      <div className="now">
        <b className="num">
          <time title={utcText(position)} dateTime={new Date(position / 1000).toISOString()}>
            {zone.millis(position)}
          </time>
        </b>
        <span className="dim">
          {zone.longDay(position)} {zone.abbreviation(position)}
        </span>
      </div>
      <div className="row tp-right">
        <div className="seg speeds" role="group" aria-label={t('playback.speed')}>
          <button type="button" aria-pressed={backward} title={t('playback.backward')} aria-label={t('playback.backward')} onClick={() => acts.rate(-rate)}>
            <IconPlayerTrackPrev className="i s" aria-hidden="true" />
          </button>
          {speeds.map((speed) => (
            <button key={speed} type="button" className="num" aria-pressed={Math.abs(rate) === speed} onClick={() => acts.rate(backward ? -speed : speed)}>
              {rateText(speed)}
            </button>
          ))}
        </div>
        <button type="button" className="btn g s" title={`${t('playback.goTo')} (G)`} onClick={acts.goTo}>
          <IconCalendar className="i" aria-hidden="true" />
          <span className="hide-m">{t('playback.goTo')}</span> <kbd className="hide-m">G</kbd>
        </button>
        <span className="bar-sep hide-s" />
        <span className="row zoom">
          <Press label="playback.zoomOut" keys="−" icon={IconMinus} act={() => acts.zoom(2)} />
          <span className="num dim nw zoom-text">{durationText(span, t)}</span>
          <Press label="playback.zoomIn" keys="+" icon={IconPlus} act={() => acts.zoom(0.5)} />
        </span>
      </div>
    </section>
  );
}

function Press({ label, keys, icon: Sign, act }: { label: PlainKey; keys: string; icon: Icon; act: () => void }): JSX.Element {
  const t = useText();
  const words = t(label);
  return (
    <button type="button" className="btn g s ic" title={`${words} (${keys})`} aria-label={words} onClick={act}>
      <Sign className="i" aria-hidden="true" />
    </button>
  );
}
