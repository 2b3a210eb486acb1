import type { Held, Role } from '../api/model';
import type { Text } from '../i18n/catalogue';

/** Whether a role shows footage, so that it is given on some cameras and not on all. */
export function watches(role: Role): boolean {
  return role === 'operator';
}

export function sees(held: Held, camera: string): boolean {
  return held.cameras === 'all' || held.cameras.includes(camera);
}

/** Somebody's roles in one line. */
export function rolesText(roles: readonly Role[], t: Text): string {
  return roles.length === 0 ? t('role.none') : roles.map((role) => t(`role.${role}`)).join(', ');
}
