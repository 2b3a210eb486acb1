import { Menu } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconCircleX, IconDeviceFloppy, IconHistory, IconLayoutGridAdd, IconMaximize, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { grids, may, wall as wallDecoder, type Camera, type Grid, type Wall } from '../../api/model';
import { useMe, wallsQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { NameDialog } from '../../components/NameDialog';
import { explain } from '../../components/states';
import { useText } from '../../i18n/language';
import type { Tiles } from './layout';

interface BarProps {
  readonly grid: Grid;
  readonly tiles: Tiles;
  readonly wall: string | undefined;
  readonly total: number;
  readonly troubled: number;
  readonly setGrid: (grid: Grid) => void;
  readonly open: (wall: Wall) => void;
  readonly fullScreen: () => void;
  /** The camera that is shown alone, if one is. */
  readonly full: Camera | undefined;
  readonly back: () => void;
}

/** Above the wall: what is shown, how it lies, and the walls one has saved. */
export function WallBar(props: BarProps): JSX.Element {
  const { grid, tiles, total, troubled, full } = props;
  const t = useText();
  const arranges = may(useMe(), 'arrange-walls');
  const shown = tiles.filter((tile) => tile !== null);
  return (
    <div className="wb">
      <h1 className="vh">{t('screen.watch')}</h1>
      {full ? (
        <>
          <button type="button" className="btn s g" onClick={props.back}>
            <IconArrowLeft className="i" aria-hidden="true" />
            {t('tile.small')}
            <kbd className="hide-s" aria-hidden="true">
              Esc
            </kbd>
          </button>
          <b className="ell hide-s">{full.name}</b>
        </>
      ) : (
        arranges && <SavedWalls {...props} />
      )}
      <span className="dim nw hide-m">{!full && t('watch.shown', { shown: t.number(shown.length), total: t.number(total) })}</span>
      {troubled > 0 && (
        <span className="row sm nw c-gap">
          <IconCircleX className="i s" aria-hidden="true" />
          {t.count('watch.troubled', troubled)}
        </span>
      )}
      <div className="seg end" role="group" aria-label={t('watch.grid')}>
        {grids.map((each) => (
          <button key={each} type="button" aria-pressed={each === grid} onClick={() => props.setGrid(each)}>
            {each.replace('x', '×')}
          </button>
        ))}
      </div>
      <Link className="btn s g" to="/playback" search={{ cameras: full?.id ?? shown.slice(0, 9).join(',') }} title={t(full ? 'tile.lookBack' : 'watch.lookBack')}>
        <IconHistory className="i" aria-hidden="true" />
        <span className="hide-m">{t(full ? 'tile.lookBack' : 'watch.lookBack')}</span>
      </Link>
      <button type="button" className="btn s g ic hide-s" title={t('watch.fullScreen')} aria-label={t('watch.fullScreen')} onClick={props.fullScreen}>
        <IconMaximize className="i" aria-hidden="true" />
      </button>
    </div>
  );
}

function SavedWalls({ grid, tiles, wall, open }: BarProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [naming, setNaming] = useState(false);
  const { data: walls = [] } = useQuery(wallsQuery);
  const current = walls.find((each) => each.id === wall);
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['walls'] });
  const save = useMutation({
    mutationFn: ({ id, name }: { id?: string; name: string }) =>
      ask(id ? 'PUT' : 'POST', id ? `/walls/${id}` : '/walls', wallDecoder, { name, grid, tiles }),
    onSuccess: async (saved) => {
      await fresh();
      setNaming(false);
      announce(t('watch.saved', { name: saved.name }));
      open(saved);
    },
  });
  const remove = useMutation({ mutationFn: (id: string) => ask('DELETE', `/walls/${id}`, nothing), onSuccess: fresh });
  const changed = current !== undefined && (current.grid !== grid || current.tiles.join() !== tiles.map((tile) => tile ?? '').join());
  return (
    <>
      <Menu position="bottom-start" width={260} withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="btn s g walls">
            <span className="ell">{current?.name ?? t('watch.walls')}</span>
            {changed && <span className="dim">*</span>}
            <IconChevronDown className="i s" aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{walls.length === 0 ? t('watch.noWalls') : t('watch.walls')}</Menu.Label>
          {walls.map((each) => (
            <Menu.Item key={each.id} aria-current={each.id === wall} onClick={() => open(each)} rightSection={<span className="dim sm">{each.grid.replace('x', '×')}</span>}>
              {each.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {current && changed && (
            <Menu.Item leftSection={<IconDeviceFloppy className="i" aria-hidden="true" />} onClick={() => save.mutate({ id: current.id, name: current.name })}>
              {t('watch.saveChanges', { name: current.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLayoutGridAdd className="i" aria-hidden="true" />} onClick={() => setNaming(true)}>
            {t('watch.saveAs')}
          </Menu.Item>
          {current && (
            <Menu.Item leftSection={<IconTrash className="i" aria-hidden="true" />} onClick={() => remove.mutate(current.id)}>
              {t('watch.removeWall', { name: current.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        opened={naming}
        title={t('watch.saveAs')}
        label={t('watch.wallName')}
        action={t('watch.save')}
        busy={save.isPending}
        error={save.error ? explain(save.error, t).what : undefined}
        close={() => setNaming(false)}
        done={(name) => save.mutate({ name })}
      />
    </>
  );
}
