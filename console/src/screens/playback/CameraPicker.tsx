import { MultiSelect } from '@mantine/core';
import type { JSX } from 'react';
import type { Camera } from '../../api/model';
import { useText } from '../../i18n/language';

export const MOST_CAMERAS = 9;

export function CameraPicker({ cameras, chosen, choose }: { cameras: readonly Camera[]; chosen: readonly Camera[]; choose: (ids: readonly string[]) => void }): JSX.Element {
  const t = useText();
  return (
    <MultiSelect
      label={t('playback.cameras')}
      data={cameras.map((camera) => ({ value: camera.id, label: camera.name }))}
      value={chosen.map((camera) => camera.id)}
      onChange={choose}
      maxValues={MOST_CAMERAS}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('playback.noCamera')}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
