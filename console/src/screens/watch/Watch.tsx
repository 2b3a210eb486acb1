import './watch.css';
import { useHotkeys } from '@mantine/hooks';
import { IconCameraPlus, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState, type DragEvent, type JSX, type KeyboardEvent } from 'react';
import type { Camera, Grid } from '../../api/model';
import { useCameras } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { healthOf } from '../../components/camera-words';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import type { WatchSearch } from './address';
import { CameraTree } from './CameraTree';
import { LiveTile, type TileActs } from './LiveTile';
import { WallBar } from './WallBar';
import { columns, fit, gridFor, neighbour, placed, swapped, type Tiles, type Way } from './layout';

/** The wall: my cameras, live. */
export function Watch(): JSX.Element {
  const t = useText();
  const { data: cameras, error, refetch, isPending } = useCameras();
  if (isPending) return <Loading />;
  if (error && !cameras) return <Failure fault={error} retry={() => void refetch()} />;
  const mine = (cameras ?? []).filter((camera) => camera.removedAt === undefined);
  if (mine.length === 0) {
    return (
      <div className="center-page">
        <Empty icon={IconCameraPlus} title={t('watch.empty')} next={t('watch.empty.next')} />
      </div>
    );
  }
  return <Wall cameras={mine} />;
}

interface WallState {
  readonly grid: Grid;
  readonly tiles: Tiles;
  readonly change: (next: WatchSearch) => void;
  readonly arrange: (tiles: Tiles) => void;
}

/** The wall as the address says it; without a word there, all cameras in the smallest grid that holds them. */
function useWall(cameras: readonly Camera[], search: WatchSearch): WallState {
  const navigate = useNavigate();
  const grid = search.grid ?? gridFor(cameras.length);
  const tiles = useMemo<Tiles>(() => {
    const known = new Set(cameras.map((camera) => camera.id));
    if (search.cameras === undefined) return fit([...known], grid);
    return fit(
      search.cameras.split(',').map((id) => (known.has(id) ? id : null)),
      grid,
    );
  }, [cameras, search.cameras, grid]);
  const change = (next: WatchSearch): void => void navigate({ to: '/watch', search: next, replace: true });
  return { grid, tiles, change, arrange: (next) => change({ ...search, cameras: next.map((tile) => tile ?? '').join(',') }) };
}

function Wall({ cameras }: { cameras: readonly Camera[] }): JSX.Element {
  const t = useText();
  const search = useSearch({ from: '/inside/watch' });
  const { grid, tiles, change, arrange } = useWall(cameras, search);
  const [selected, setSelected] = useState(0);
  const wall = useRef<HTMLDivElement>(null);
  const announce = useAnnounce();
  const full = cameras.find((camera) => camera.id === search.full);
  const { full: _, ...searchWithoutFull } = search;

  useHotkeys([
    ['F', () => void toggleFullScreen(wall.current)],
    ['Escape', () => full && change(searchWithoutFull)],
  ]);

  const focusPlace = (place: number): void => wall.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  const move = (from: number, to: number): void => {
    arrange(swapped(tiles, from, to));
    setSelected(to);
    announce(t('watch.moved', { n: to + 1 }));
    requestAnimationFrame(() => focusPlace(to));
  };
  const onKey = (place: number) => (event: KeyboardEvent): void => {
    const way = ways[event.key];
    const next = way && neighbour(grid, place, way);
    if (next === undefined || full) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) move(place, next);
    else focusPlace(next);
  };
  const actsOf = (place: number, camera: Camera): TileActs => ({
    select: () => setSelected(place),
    full: () => change(full ? searchWithoutFull : { ...search, full: camera.id }),
    remove: () => arrange(placed(tiles, place, null)),
    key: onKey(place),
    dragStart: (event) => event.dataTransfer.setData(DRAGGED, String(place)),
    drop: (event) => drop(event, place),
  });
  const drop = (event: DragEvent, place: number): void => {
    event.preventDefault();
    const from = Number.parseInt(event.dataTransfer.getData(DRAGGED), 10);
    if (Number.isInteger(from) && from !== place) move(from, place);
  };
  const pick = (camera: string): void => {
    const at = tiles.indexOf(camera);
    if (at !== -1) {
      setSelected(at);
      focusPlace(at);
      return;
    }
    const free = tiles.indexOf(null);
    arrange(placed(tiles, free === -1 ? selected : free, camera));
  };
  const shown = full ? [full.id] : tiles;
  return (
    <div className="watch">
      <CameraTree
        cameras={cameras}
        tiles={tiles}
        selected={full?.id ?? tiles[selected] ?? null}
        pick={pick}
        full={(camera) => change({ ...search, full: camera })}
      />
      <section className="wall" ref={wall} aria-label={t('watch.wall')}>
        <WallBar
          grid={grid}
          tiles={tiles}
          wall={search.wall}
          total={cameras.length}
          troubled={cameras.filter((camera) => healthOf(camera.state) === 'trouble').length}
          setGrid={(next) => change({ ...searchWithoutFull, grid: next, cameras: moreTiles(tiles, next, cameras).map((tile) => tile ?? '').join(',') })}
          open={(saved) => change({ wall: saved.id, grid: saved.grid, cameras: saved.tiles.map((tile) => tile ?? '').join(',') })}
          fullScreen={() => void toggleFullScreen(wall.current)}
          full={full}
          back={() => change(searchWithoutFull)}
        />
        <div className={`grid g${(full ? '1' : grid).replace('+', 'p')}`} data-columns={full ? 1 : columns(grid)}>
          {shown.map((id, place) => {
            const camera = cameras.find((each) => each.id === id);
            // A free place is nothing but its number.
            // oxlint-disable-next-line react/no-array-index-key
            if (!camera) return <EmptyPlace key={`free ${place}`} place={place} drop={(event) => drop(event, place)} onKey={onKey(place)} />;
            return (
              <LiveTile
                key={`${camera.id} ${full ? 'full' : ''}`}
                camera={camera}
                place={place}
                large={full !== undefined || grid === '1' || (grid === '1+7' && place === 0)}
                isFull={full !== undefined}
                selected={!full && place === selected && tiles.length > 1}
                acts={actsOf(place, camera)}
              />
            );
          })}
        </div>
      </section>
    </div>
  );
}

/** A larger grid takes in cameras that were not on the wall yet. */
function moreTiles(tiles: Tiles, grid: Grid, cameras: readonly Camera[]): Tiles {
  const more = cameras.map((camera) => camera.id).filter((id) => !tiles.includes(id));
  return fit(tiles, grid).map((tile) => tile ?? more.shift() ?? null);
}

function EmptyPlace({ place, drop, onKey }: { place: number; drop: (event: DragEvent) => void; onKey: (event: KeyboardEvent) => void }): JSX.Element {
  const t = useText();
  return (
    <div
      className="tile free"
      data-place={place}
      tabIndex={0}
      role="group"
      aria-label={t('watch.free', { n: place + 1 })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onKeyDown={onKey}
    >
      <span className="msg dim">
        <IconPlus className="i" aria-hidden="true" />
        <span>{t('watch.free.how')}</span>
      </span>
    </div>
  );
}

const DRAGGED = 'application/x-custodes-place';
const ways: Readonly<Record<string, Way>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

async function toggleFullScreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await element?.requestFullscreen();
}
