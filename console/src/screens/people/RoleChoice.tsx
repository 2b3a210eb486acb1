import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { roles, type Held, type Role } from '../../api/model';
import { watches } from '../../components/roles';
import { useText } from '../../i18n/language';
import { CameraChoice } from './CameraChoice';
import { RoleSentences } from './RoleSentences';

interface RoleChoiceProps {
  readonly role: Role;
  readonly setRole: (role: Role) => void;
  readonly cameras: Held['cameras'];
  readonly setCameras: (cameras: Held['cameras']) => void;
  readonly fault: (field: string) => string | undefined;
}

/** A role, what it means, and on which cameras. */
export function RoleChoice({ role, setRole, cameras, setCameras, fault }: RoleChoiceProps): JSX.Element {
  const t = useText();
  return (
    <>
      <NativeSelect
        label={t('person.role')}
        value={role}
        onChange={(event) => setRole(roles.find((each) => each === event.currentTarget.value) ?? role)}
        error={fault('role')}
        data={roles.map((each) => ({ value: each, label: t(`role.${each}`) }))}
      />
      <RoleSentences role={role} />
      {watches(role) && <CameraChoice value={cameras} onChange={setCameras} error={fault('cameras')} />}
    </>
  );
}
