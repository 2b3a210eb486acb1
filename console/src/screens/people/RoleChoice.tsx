import { NativeSelect } from '@mantine/core';
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
  readonly fault: (field: string) => string | undefined;
}

/** A role, what it means, and on which cameras. */
export function RoleChoice({ role, setRole, cameras, setCameras, fault }: RoleChoiceProps): JSX.Element {
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
    </>
  );
}
