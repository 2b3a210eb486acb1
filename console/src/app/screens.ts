import {
  IconCamera,
  IconDeviceTv,
  IconListSearch,
  IconPlayerPlay,
  IconServer2,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Role } from '../api/model';
import type { PlainKey } from '../i18n/catalogue';

export interface Screen {
  readonly path: '/watch' | '/playback' | '/cameras' | '/people' | '/audit' | '/system';
  readonly title: PlainKey;
  readonly icon: Icon;
  readonly roles: readonly Role[];
}

/** What the rail can show, in its order. Who may use it is the server's table (docs/api.md); this only hides doors that are locked. */
export const screens: readonly Screen[] = [
  { path: '/watch', title: 'screen.watch', icon: IconDeviceTv, roles: ['operator'] },
  { path: '/playback', title: 'screen.playback', icon: IconPlayerPlay, roles: ['operator'] },
  {
    path: '/cameras',
    title: 'screen.cameras',
    icon: IconCamera,
    roles: ['system-administrator', 'security-officer', 'operator', 'data-protection-officer'],
  },
  { path: '/people', title: 'screen.people', icon: IconUsers, roles: ['security-officer'] },
  { path: '/audit', title: 'screen.audit', icon: IconListSearch, roles: ['data-protection-officer'] },
  { path: '/system', title: 'screen.system', icon: IconServer2, roles: ['system-administrator', 'security-officer', 'data-protection-officer'] },
];

/** The order in which a role lands: its own work first. */
const home: Record<Role, Screen['path']> = {
  operator: '/watch',
  'system-administrator': '/cameras',
  'security-officer': '/people',
  'data-protection-officer': '/audit',
};

/** What the search finds for this role. */
export const searchHint: Record<Role, PlainKey> = {
  operator: 'palette.hint.operator',
  'system-administrator': 'palette.hint',
  'security-officer': 'palette.hint.people',
  'data-protection-officer': 'palette.hint',
};

export function screensOf(role: Role): readonly Screen[] {
  return screens.filter((screen) => screen.roles.includes(role));
}

export function homeOf(role: Role): Screen['path'] {
  return home[role];
}
