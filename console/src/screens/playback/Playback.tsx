import './playback.css';
import { IconVideoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import { isLook, type Camera, type LookApproval } from '../../api/model';
import { approvalsQuery, useCameras } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { cameraText } from '../../components/approvals';
import { causeText } from '../../components/camera-words';
import { durationText } from '../../components/duration';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useMedia } from '../../media/MediaProvider';
import type { Notice, PlaybackSession } from '../../media/playback';
import { MINUTE, SECOND, formatInstant, parseInstant, type Micros } from '../../time/instant';
import { useServerClock } from '../../time/server-clock';
import { useZone } from '../../time/site';
import { isId, type Interval, type PlaybackSearch } from './address';
import { ApprovedBanner } from './ApprovedBanner';
import { AskForMore, type Wish } from './AskForMore';
import { MOST_CAMERAS } from './CameraPicker';
import { GoTo } from './GoTo';
import { usePlaybackKeys } from './keys';
import { PlaybackTile } from './PlaybackTile';
import { SidePanel } from './SidePanel';
import { Transport, type TransportActs } from './Transport';
import { centred, including, zoomed, type View } from './timeline/geometry';
import { Timeline } from './timeline/Timeline';
import { usePlayback, useSnapshot } from './use-playback';

/** Where looking back begins when nobody said: a little ago, where there is surely something. */
const BACK_AT_FIRST = 30 * SECOND;
const FIRST_SPAN = 10 * MINUTE;
const FIRST_CAMERAS = 4;

/** Several cameras on one clock, back through what was recorded; or one, by another's yes. */
export function Playback(): JSX.Element {
  const search = useSearch({ from: '/inside/playback' });
  // A look by another's yes is a look of its own: nothing of the one before it goes on.
  return search.approval === undefined ? <Looking key="own" search={search} approval={undefined} /> : <Approved key={search.approval} id={search.approval} search={search} />;
}

function Approved({ id, search }: { id: string; search: PlaybackSearch }): JSX.Element {
  const { data, error, refetch } = useQuery(approvalsQuery);
  if (error && !data) return <Failure fault={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const found = data.filter(isLook).find((each) => each.own && each.id === id);
  return <Looking search={found ? { ...search, cameras: found.camera } : search} approval={found} />;
}

function Looking({ search, approval }: { search: PlaybackSearch; approval: LookApproval | undefined }): JSX.Element {
  const t = useText();
  const { data: cameras, error, refetch, isPending } = useCameras();
  const clock = useServerClock();
  const connection = useMedia();
  const at = (search.at ? parseInstant(search.at) : undefined) ?? approval?.from ?? clock.now() - BACK_AT_FIRST;
  const session = usePlayback(connection, at, search.approval === undefined ? undefined : { id: search.approval, from: approval?.from });
  if (error && !cameras) return <Failure fault={error} retry={() => void refetch()} />;
  if (isPending || !cameras || !session) return <Loading />;
  if (cameras.length === 0 && search.approval === undefined) {
    return (
      <div className="center-page">
        <Empty icon={IconVideoOff} title={t('watch.empty')} next={t('watch.empty.next')} />
      </div>
    );
  }
  return <Desk session={session} cameras={cameras} search={search} approval={approval} />;
}

function chosenFrom(cameras: readonly Camera[], search: PlaybackSearch): readonly Camera[] {
  if (search.cameras === undefined) return cameras.slice(0, FIRST_CAMERAS);
  const found = search.cameras.split(',').flatMap((id) => cameras.find((camera) => camera.id === id) ?? []);
  return [...new Set(found)].slice(0, MOST_CAMERAS);
}

/** Cameras of a shared address that are not given to whoever opens it: the server says why not, and that is on record. */
function strangersIn(cameras: readonly Camera[], search: PlaybackSearch): readonly string[] {
  const ids = (search.cameras ?? '').split(',').filter((id) => isId(id) && cameras.every((camera) => camera.id !== id));
  return [...new Set(ids)].slice(0, MOST_CAMERAS);
}

interface DeskProps {
  readonly session: PlaybackSession;
  readonly cameras: readonly Camera[];
  readonly search: PlaybackSearch;
  readonly approval: LookApproval | undefined;
}

function Desk({ session, cameras, search, approval }: DeskProps): JSX.Element {
  const t = useText();
  const clock = useServerClock();
  const navigate = useNavigate();
  const snapshot = useSnapshot(session);
  const byApproval = search.approval !== undefined;
  const chosen = chosenFrom(cameras, search).slice(0, byApproval ? 1 : MOST_CAMERAS);
  const strangers = strangersIn(cameras, search).slice(0, byApproval ? 1 - chosen.length : MOST_CAMERAS - chosen.length);
  const approved = useApproved(approval);
  const [wish, setWish] = useState<Wish>();
  const [selectedId, setSelectedId] = useState(chosen[0]?.id);
  const selected = chosen.find((camera) => camera.id === selectedId) ?? chosen[0];
  const [full, setFull] = useState(false);
  const [going, setGoing] = useState(false);
  const [looping, setLooping] = useState(false);
  const [interval, setInterval] = useInterval(search, approved);
  const [view, setView] = useView(snapshot.position, search, approved, snapshot.playing);
  useAddress(snapshot, chosen, view, interval, search);
  useSpokenNotice(snapshot.notice, approved);

  const seek = (at: Micros): void => {
    session.seek(Math.min(at, clock.now()));
    setView((last) => including({ ...last, width: 1000 }, at));
  };
  const setLoop = (on: boolean, next: Interval | undefined): void => {
    setLooping(on && next !== undefined);
    session.setLoop(on ? next : undefined);
  };
  const mark = (edge: 'start' | 'end'): void => {
    const at = snapshot.position;
    const { start, end } = interval ?? { start: at, end: at };
    const next = edge === 'start' ? { start: at, end: Math.max(end, at) } : { start: Math.min(start, at), end: at };
    setInterval(next);
    setLoop(looping, next);
  };
  const acts: TransportActs = {
    toggle: () => (snapshot.playing ? session.pause() : session.play()),
    step: (direction) => selected && session.step(selected.id, direction),
    jump: (seconds) => seek(snapshot.position + seconds * SECOND),
    oldest: () => seek(approved?.start ?? Math.min(...chosen.map((camera) => camera.storage?.oldest ?? snapshot.position))),
    newest: () => seek(approved ? approved.end - SECOND : Math.max(...chosen.map((camera) => camera.storage?.newest ?? clock.now())) - SECOND),
    rate: (rate) => (snapshot.playing ? session.play(rate) : session.setRate(rate)),
    goTo: () => setGoing(true),
    zoom: (factor) => setView((last) => zoomed({ ...last, width: 1000 }, factor, xInView(last, snapshot.position))),
  };
  usePlaybackKeys({
    ...acts,
    shuttle: (rate) => session.play(rate),
    stop: () => session.pause(),
    rateNow: snapshot.playing ? snapshot.rate : 0,
    mark,
    pick: (number) => setSelectedId((last) => chosen[number - 1]?.id ?? last),
    escape: () => setFull(false),
    full: () => setFull((last) => !last),
  });

  const shown = full && selected ? [selected] : [...chosen, ...strangers.map((id) => ({ id, name: cameraText(id, cameras, t) }))];
  return (
    <div className={byApproval ? 'pb by-approval' : 'pb'}>
      <h1 className="vh">{t('screen.playback')}</h1>
      {byApproval && <ApprovedBanner approval={approval} problem={Object.values(snapshot.tiles)[0]?.problem} />}
      <section className={`pics n${shown.length}`} aria-label={t('playback.pictures')}>
        {shown.map((camera, index) => (
          <PlaybackTile
            key={camera.id}
            session={session}
            camera={camera}
            number={full ? chosen.findIndex((each) => each.id === camera.id) + 1 : index + 1}
            selected={camera.id === selected?.id && shown.length > 1}
            waiting={snapshot.waiting}
            status={snapshot.tiles[camera.id]}
            select={() => setSelectedId(camera.id)}
            full={() => setFull((last) => !last)}
            approved={approved}
            askForMore={(gap) => setWish({ camera, at: snapshot.position, gap })}
          />
        ))}
        {shown.length === 0 && <Empty icon={IconVideoOff} title={t('playback.choose')} next={t('playback.choose.next')} />}
        <NoticeLine notice={snapshot.notice} approved={approved} live={() => void navigate({ to: '/watch' })} />
      </section>
      <Transport snapshot={snapshot} span={view.to - view.from} acts={acts} />
      <SidePanel
        cameras={cameras}
        chosen={chosen}
        choose={byApproval ? undefined : (ids) => void navigate({ to: '/playback', search: { ...search, cameras: ids.join(',') || ',' }, replace: true })}
        selected={selected}
        view={view}
        interval={interval}
        setInterval={(next) => {
          setInterval(next);
          setLoop(looping, next);
        }}
        looping={looping}
        loop={() => {
          setLoop(!looping, interval);
          if (!looping && interval) {
            session.seek(interval.start);
            session.play(1);
          }
        }}
        seek={seek}
      />
      <Timeline
        cameras={chosen}
        selected={selected?.id}
        select={setSelectedId}
        view={view}
        setView={setView}
        position={snapshot.position}
        interval={interval}
        setInterval={(next) => {
          setInterval(next);
          setLoop(looping, next);
        }}
        scrub={(at) => session.scrub(at)}
        seek={seek}
      />
      <GoTo opened={going} position={snapshot.position} close={() => setGoing(false)} go={seek} />
      <AskForMore wish={wish} close={() => setWish(undefined)} />
    </div>
  );
}

interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
}

function xInView(view: Stretch, at: Micros): number {
  return Math.min(1000, Math.max(0, ((at - view.from) / (view.to - view.from)) * 1000));
}

/** What another's yes is for. It does not change while it is looked at. */
function useApproved(approval: LookApproval | undefined): Interval | undefined {
  const start = approval?.from;
  const end = approval?.to;
  return useMemo(() => (start === undefined || end === undefined ? undefined : { start, end }), [start, end]);
}

/** What the timeline shows; while playing it comes along. */
function useView(position: Micros, search: PlaybackSearch, approved: Interval | undefined, playing: boolean): [Stretch, (change: Stretch | ((last: Stretch) => Stretch)) => void] {
  const [view, setView] = useState<Stretch>(() => {
    if (approved && !search.zoom) {
      const margin = (approved.end - approved.start) / 8;
      return { from: approved.start - margin, to: approved.end + margin };
    }
    const length = search.zoom ? Number(search.zoom) * SECOND : FIRST_SPAN;
    const around: View = centred({ from: 0, to: length, width: 1000 }, position);
    return { from: around.from, to: around.to };
  });
  const shown = playing ? including({ ...view, width: 1000 }, position) : view;
  if (shown.from !== view.from) setView({ from: shown.from, to: shown.to });
  return [view, setView];
}

function useInterval(search: PlaybackSearch, approved: Interval | undefined): [Interval | undefined, (interval: Interval | undefined) => void] {
  return useState<Interval | undefined>(() => {
    const start = search.in ? parseInstant(search.in) : undefined;
    const end = search.out ? parseInstant(search.out) : undefined;
    return start !== undefined && end !== undefined && start < end ? { start, end } : approved;
  });
}

const ADDRESS_MILLIS = 400;

/** Keeps the address true, a moment after things have come to rest. */
function useAddress(
  snapshot: { position: Micros; playing: boolean; scrubbing: boolean },
  chosen: readonly Camera[],
  view: Stretch,
  interval: Interval | undefined,
  search: PlaybackSearch,
): void {
  const navigate = useNavigate();
  const next: PlaybackSearch = {
    cameras: search.cameras ?? chosen.map((camera) => camera.id).join(','),
    at: formatInstant(snapshot.position),
    zoom: String(Math.round((view.to - view.from) / 1000) / 1000),
    ...(interval && { in: formatInstant(interval.start), out: formatInstant(interval.end) }),
    ...(search.approval !== undefined && { approval: search.approval }),
  };
  const text = JSON.stringify(next);
  const resting = !snapshot.playing && !snapshot.scrubbing;
  const known = useRef(JSON.stringify(search));
  useEffect(() => {
    if (!resting || text === known.current) return undefined;
    const timer = setTimeout(() => {
      known.current = text;
      void navigate({ to: '/playback', search: JSON.parse(text) as PlaybackSearch, replace: true });
    }, ADDRESS_MILLIS);
    return () => clearTimeout(timer);
  }, [navigate, resting, text]);
}

function useNoticeText(notice: Notice | undefined, approved: Interval | undefined): string | undefined {
  const t = useText();
  const zone = useZone();
  if (!notice) return undefined;
  if (notice.kind === 'gap') {
    const cause = notice.cause === 'unknown' ? t('playback.nothingHere') : causeText(notice.cause, t);
    return t('playback.leapt', { cause, duration: durationText(notice.end - notice.start, t), time: zone.time(notice.end) });
  }
  if (approved) return t(notice.kind === 'newest' ? 'approved.atEnd' : 'approved.atStart');
  return t(notice.kind === 'newest' ? 'playback.atNewest' : 'playback.atOldest');
}

function useSpokenNotice(notice: Notice | undefined, approved: Interval | undefined): void {
  const announce = useAnnounce();
  const text = useNoticeText(notice, approved);
  useEffect(() => {
    if (text !== undefined) announce(text);
  }, [announce, text]);
}

function NoticeLine({ notice, approved, live }: { notice: Notice | undefined; approved: Interval | undefined; live: () => void }): JSX.Element | null {
  const t = useText();
  const text = useNoticeText(notice, approved);
  if (text === undefined) return null;
  return (
    <p className="notice">
      {text}
      {notice?.kind === 'newest' && !approved && (
        <button type="button" className="link" onClick={live}>
          {t('playback.goLive')}
        </button>
      )}
    </p>
  );
}
