import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { views, type Camera, type View } from '../../api/model';
import { CameraSign } from '../../components/CameraSign';
import { useText } from '../../i18n/language';
import type { Tiles } from './layout';

interface TreeProps {
  readonly cameras: readonly Camera[];
  readonly tiles: Tiles;
  readonly selected: string | null;
  readonly pick: (camera: string) => void;
  readonly full: (camera: string) => void;
}

/** All my cameras by what they look at, with their state and their place on the wall. */
export function CameraTree({ cameras, tiles, selected, pick, full }: TreeProps): JSX.Element {
  const t = useText();
  const [wanted, setWanted] = useState('');
  const [closed, setClosed] = useState<readonly View[]>([]);
  const matching = cameras.filter((camera) => camera.name.toLocaleLowerCase(t.locale).includes(wanted.trim().toLocaleLowerCase(t.locale)));
  return (
    <aside className="tree" aria-label={t('watch.tree')}>
      <div className="tree-search">
        <label className="search-field">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('watch.find')} aria-label={t('watch.find')} />
        </label>
      </div>
      <div className="tree-list">
        {views.map((view) => {
          const group = matching.filter((camera) => camera.view === view);
          if (group.length === 0) return null;
          const open = !closed.includes(view);
          return (
            <section key={view}>
              <button
                type="button"
                className="tree-group"
                aria-expanded={open}
                onClick={() => setClosed(open ? [...closed, view] : closed.filter((each) => each !== view))}
              >
                {open ? <IconChevronDown className="i s" aria-hidden="true" /> : <IconChevronRight className="i s" aria-hidden="true" />}
                {t(`view.${view}`)}
                <span className="end num">{t.number(group.length)}</span>
              </button>
              {open && (
                <ul>
                  {group.map((camera) => {
                    const place = tiles.indexOf(camera.id);
                    return (
                      <li key={camera.id}>
                        <button
                          type="button"
                          className={['tree-camera', place === -1 ? '' : 'w', camera.id === selected ? 'sel' : ''].join(' ')}
                          onClick={() => pick(camera.id)}
                          onDoubleClick={() => full(camera.id)}
                          title={t('watch.pick')}
                        >
                          <span className="sgn">
                            <CameraSign state={camera.state} />
                          </span>
                          <span className="ell grow">{camera.name}</span>
                          {place !== -1 && (
                            <span className="pos" aria-label={t('watch.place', { n: place + 1 })}>
                              {place + 1}
                            </span>
                          )}
                        </button>
                      </li>
                    );
                  })}
                </ul>
              )}
            </section>
          );
        })}
        {matching.length === 0 && <p className="dim pad">{t('watch.none', { wanted })}</p>}
      </div>
      <div className="tree-foot sm dim">
        <span className="row">
          <span className="dot" />
          {t('phase.live')}
        </span>
        <span className="row">
          <span className="ringrec" />
          {t('sign.recording')}
        </span>
      </div>
    </aside>
  );
}
