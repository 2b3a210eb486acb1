import { MultiSelect } from '@mantine/core';
import type { JSX } from 'react';
import type { Held } from '../../api/model';
import { useCameras } from '../../api/queries';
import { useText } from '../../i18n/language';

type Cameras = Held['cameras'];

/** All cameras, also those to come, or these and no others. */
export function CameraChoice({ value, onChange, error }: { value: Cameras; onChange: (cameras: Cameras) => void; error?: string | undefined }): JSX.Element {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  return (
    <fieldset className="choice">
      <legend className="lbl">{t('choice.title')}</legend>
      <label className="row">
        <input type="radio" name="cameras" checked={value === 'all'} onChange={() => onChange('all')} />
        {t('choice.all')}
      </label>
      <label className="row">
        <input type="radio" name="cameras" checked={value !== 'all'} onChange={() => onChange([])} />
        {t('choice.these')}
      </label>
      {value !== 'all' && (
        <MultiSelect
          aria-label={t('choice.these')}
          data={cameras.map((camera) => ({ value: camera.id, label: camera.name }))}
          value={[...value]}
          onChange={onChange}
          searchable
          hidePickedOptions
          placeholder={value.length === 0 ? t('choice.pick') : ''}
          error={error}
          comboboxProps={{ withinPortal: true }}
        />
      )}
    </fieldset>
  );
}
