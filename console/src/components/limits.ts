import { days, type Role, type WeekTime } from '../api/model';
import type { Text } from '../i18n/catalogue';

/** What narrows a role, one sentence each; none for a role that nothing narrows. */
export function limitsOf(role: Role, t: Text): readonly string[] {
  const sentences: string[] = [];
  if (role.template === 'emergency') sentences.push(t('limit.emergency'));
  if (role.oldestHours !== undefined) sentences.push(t('limit.oldest', { age: ageText(role.oldestHours, t) }));
  if (role.sinceGiven) sentences.push(t('limit.sinceGiven'));
  for (const span of role.hours) sentences.push(t('limit.hours', { when: spanText(span, t) }));
  if (role.purposes.length > 0) sentences.push(t('limit.purposes', { purposes: role.purposes.map((purpose) => t(`purpose.${purpose}`)).join(', ') }));
  if (role.needsCase) sentences.push(t('limit.case'));
  return sentences;
}

export function ageText(hours: number, t: Text): string {
  return hours % 24 === 0 && hours > 24 ? t.count('age.days', hours / 24) : t.count('age.hours', hours);
}

/** Days that follow each other are told by the first and the last of them. */
function spanText(span: WeekTime, t: Text): string {
  const at = days.filter((day) => span.days.includes(day)).map((day) => days.indexOf(day));
  const first = at[0] ?? 0;
  const last = at.at(-1) ?? 0;
  const name = (index: number): string => t(`day.${days[index] ?? 'monday'}`);
  const isRun = at.length > 2 && last - first === at.length - 1;
  const which = isRun ? `${name(first)} – ${name(last)}` : at.map(name).join(', ');
  return span.from === span.to ? which : `${which}, ${span.from} – ${span.to}`;
}
