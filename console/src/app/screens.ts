import {
  IconCamera,
  IconDeviceTv,
  IconListSearch,
  IconPlayerPlay,
  IconServer2,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { may, type Me } from '../api/model';
import type { PlainKey } from '../i18n/catalogue';

export interface Screen {
  readonly path: '/watch' | '/playback' | '/cameras' | '/people' | '/audit' | '/system';
  readonly title: PlainKey;
  readonly icon: Icon;
  /** Whoever has this right works there. */
  readonly right: string;
}

/** What the rail can show, in its order. Who may use it is the server's table (docs/api.md); this only hides doors that are locked. */
export const screens: readonly Screen[] = [
  { path: '/watch', title: 'screen.watch', icon: IconDeviceTv, right: 'watch-live' },
  { path: '/playback', title: 'screen.playback', icon: IconPlayerPlay, right: 'play-back' },
  { path: '/cameras', title: 'screen.cameras', icon: IconCamera, right: 'list-cameras' },
  { path: '/people', title: 'screen.people', icon: IconUsers, right: 'manage-people' },
  { path: '/audit', title: 'screen.audit', icon: IconListSearch, right: 'read-audit' },
  { path: '/system', title: 'screen.system', icon: IconServer2, right: 'see-alarms' },
];

/** The order in which somebody lands: their own work first. */
const homes: readonly Screen['path'][] = ['/watch', '/playback', '/people', '/audit', '/cameras', '/system'];

/** What the search finds for them. */
export function searchHint(me: Me): PlainKey {
  if (may(me, 'watch-live')) return 'palette.hint.operator';
  return may(me, 'manage-people') ? 'palette.hint.people' : 'palette.hint';
}

export function screensOf(me: Me): readonly Screen[] {
  return screens.filter((screen) => may(me, screen.right));
}

/** Nothing for somebody who has no role any more. */
export function homeOf(me: Me): Screen | undefined {
  const mine = screensOf(me);
  return homes.flatMap((path) => mine.filter((screen) => screen.path === path))[0];
}
