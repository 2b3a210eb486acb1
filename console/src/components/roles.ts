import type { Held, Person, Role, RoleName } from '../api/model';
import type { Text } from '../i18n/catalogue';

/** What a role is called: those from the beginning in the reader's language. */
export function roleText(role: RoleName, t: Text): string {
  return t.has(`role.${role.id}`) ? t.word('role', role.id) : role.name;
}

/** Somebody's roles in one line. */
export function rolesText(roles: readonly RoleName[], t: Text): string {
  return roles.length === 0 ? t('role.none') : roles.map((role) => roleText(role, t)).join(', ');
}

/** The role that is held; what a role that is not known any more was called stays its id. */
export function roleOf(held: Held, roles: readonly Role[]): Role | undefined {
  return roles.find((role) => role.id === held.role);
}

export function namesOf(person: Person, roles: readonly Role[]): readonly RoleName[] {
  return person.roles.map((held) => roleOf(held, roles) ?? { id: held.role, name: held.role });
}

/** What roles of one's own are made from: what shows footage can be narrowed. */
export const watching = ['operator', 'supervisor', 'investigator'] as const;

/** Those that are never given on some cameras only. */
const whole: ReadonlySet<string> = new Set(['system-administrator', 'security-officer', 'data-protection-officer', 'auditor', 'installer']);

/** Whether a role of this id is given on everything, so that nobody has to be told on what. */
export function isOnEverything(role: string): boolean {
  return whole.has(role);
}

/** Whether a role shows footage, or will when it is taken, so that it is given on some cameras and not on all. */
export function watches(role: Role | undefined): boolean {
  return role !== undefined && (role.template === 'emergency' || watching.some((template) => template === role.template));
}
