import { IconArrowRight, IconInfoCircle, IconRepeat, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Camera } from '../../api/model';
import { timelineQuery } from '../../api/queries';
import { Time } from '../../components/Time';
import { causeText } from '../../components/camera-words';
import { durationText } from '../../components/duration';
import { useText } from '../../i18n/language';
import { SECOND, type Micros } from '../../time/instant';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import type { Interval } from './address';
import { CameraPicker } from './CameraPicker';
import { block } from './timeline/geometry';

interface PanelProps {
  readonly cameras: readonly Camera[];
  readonly chosen: readonly Camera[];
  /** Undefined where there is nothing to choose. */
  readonly choose: ((ids: readonly string[]) => void) | undefined;
  readonly selected: Camera | undefined;
  readonly view: { from: Micros; to: Micros };
  readonly interval: Interval | undefined;
  readonly setInterval: (interval: Interval | undefined) => void;
  readonly looping: boolean;
  readonly loop: () => void;
  readonly seek: (at: Micros) => void;
}

/** What stands beside the pictures: which cameras, the selected interval, and the gaps in view in words. */
export function SidePanel(props: PanelProps): JSX.Element {
  const t = useText();
  return (
    <aside className="side" aria-label={t('playback.side')}>
      {props.choose && (
        <>
          <CameraPicker cameras={props.cameras} chosen={props.chosen} choose={props.choose} />
          <hr />
        </>
      )}
      {props.interval ? <Selected {...props} interval={props.interval} /> : <NoInterval />}
      <Gaps {...props} />
      <div className="grow" />
      <div className="note">
        <IconInfoCircle className="i" aria-hidden="true" />
        <p className="sm dim">{t('playback.recorded')}</p>
      </div>
    </aside>
  );
}

function NoInterval(): JSX.Element {
  const t = useText();
  return (
    <div>
      <h2>{t('playback.interval')}</h2>
      <p className="dim sm">
        {t('playback.interval.how')} <kbd>I</kbd> <kbd>O</kbd>
      </p>
    </div>
  );
}

const SLOT = 10 * SECOND;

function Selected({ interval, selected, setInterval, looping, loop, seek }: PanelProps & { interval: Interval }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const from = Math.floor(interval.start / SLOT) * SLOT;
  const to = Math.ceil(interval.end / SLOT) * SLOT;
  return (
    <>
      <header className="row">
        <div className="grow">
          <h2>{t('playback.interval')}</h2>
          <p className="dim sm">{selected?.name}</p>
        </div>
        <button type="button" className="btn g s ic" title={t('playback.interval.clear')} aria-label={t('playback.interval.clear')} onClick={() => setInterval(undefined)}>
          <IconX className="i" aria-hidden="true" />
        </button>
      </header>
      <div className="iv">
        <button type="button" onClick={() => seek(interval.start)}>
          <span className="lbl">
            {t('playback.in')} <kbd>I</kbd>
          </span>
          <b className="num">{zone.millis(interval.start)}</b>
        </button>
        <IconArrowRight className="i dim" aria-hidden="true" />
        <button type="button" onClick={() => seek(interval.end)}>
          <span className="lbl">
            {t('playback.out')} <kbd>O</kbd>
          </span>
          <b className="num">{zone.millis(interval.end)}</b>
        </button>
      </div>
      <dl className="kv sm">
        <dt>{t('playback.length')}</dt>
        <dd className="num">{durationText(interval.end - interval.start, t)}</dd>
        <dt>{t('playback.slots')}</dt>
        <dd className="num">
          {zone.time(from)} – {zone.time(to)} ({t.number((to - from) / SLOT)})
        </dd>
        {selected && (
          <>
            <dt>{t('playback.keptUntil')}</dt>
            <dd>
              <Time at={interval.start + selected.retentionHours * 3_600 * SECOND} />
            </dd>
          </>
        )}
      </dl>
      <button type="button" className="btn" aria-pressed={looping} onClick={loop}>
        <IconRepeat className="i" aria-hidden="true" />
        {t('playback.loop')}
      </button>
    </>
  );
}

/** The gaps of the cameras in view: what the timeline draws, for those who do not see it. */
function Gaps({ chosen, view, seek }: PanelProps): JSX.Element | null {
  const t = useText();
  const now = useNow();
  const asked = block({ ...view, width: 1 });
  const { data } = useQuery(
    timelineQuery(
      chosen.map((camera) => camera.id),
      asked.from,
      asked.to,
      2_000,
    ),
  );
  const gaps = (data ?? [])
    .flatMap((each) => each.gaps.map((gap) => ({ ...gap, end: gap.end ?? now, camera: chosen.find((camera) => camera.id === each.camera)?.name ?? '' })))
    .filter((gap) => gap.end > view.from && gap.start < view.to)
    .toSorted((a, b) => b.start - a.start)
    .slice(0, 50);
  if (gaps.length === 0) return null;
  return (
    <section className="gaps">
      <h2>{t.count('playback.gaps', gaps.length)}</h2>
      <ul>
        {gaps.map((gap) => (
          <li key={`${gap.camera} ${gap.start}`}>
            <button type="button" onClick={() => seek(gap.start - SECOND)}>
              <Time at={gap.start} />
              <span className="c-gap">{causeText(gap.cause, t)}</span>
              <span className="dim">
                {gap.camera}, {durationText(gap.end - gap.start, t)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
