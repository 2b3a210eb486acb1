import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Held } from '../../api/model';
import { rolesQuery } from '../../api/queries';
import { roleText, watches } from '../../components/roles';
import { useText } from '../../i18n/language';
import { CameraChoice } from './CameraChoice';
import { RoleSentences } from './RoleSentences';

interface RoleChoiceProps {
  /** Its id. */
  readonly role: string;
  readonly setRole: (role: string) => void;
  readonly cameras: Held['cameras'];
  readonly setCameras: (cameras: Held['cameras']) => void;
  /** The last day on which it holds, as `2026-12-31`; empty for no end. */
  readonly lastDay: string;
  readonly setLastDay: (day: string) => void;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly fault: (field: string) => string | undefined;
}

/** A role, what it means, and on which cameras. */
export function RoleChoice({ role, setRole, cameras, setCameras, lastDay, setLastDay, reason, setReason, fault }: RoleChoiceProps): JSX.Element {
  const t = useText();
  const { data: roles = [] } = useQuery(rolesQuery);
  const chosen = roles.find((each) => each.id === role);
  return (
    <>
      <NativeSelect
        label={t('person.role')}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value)}
        error={fault('role')}
        data={roles.map((each) => ({ value: each.id, label: roleText(each, t) }))}
      />
      {chosen && <RoleSentences role={chosen} />}
      {watches(chosen) && <CameraChoice value={cameras} onChange={setCameras} error={fault('cameras')} />}
      <TextInput type="date" label={t('held.lastDay')} description={t('held.lastDay.how')} value={lastDay} onChange={(event) => setLastDay(event.currentTarget.value)} error={fault('until')} required={chosen?.template === 'installer'} withAsterisk={false} />
      <Textarea label={t('held.reason')} description={t('held.reason.how')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} error={fault('reason')} maxLength={500} autosize minRows={2} maxRows={6} required withAsterisk={false} />
    </>
  );
}
