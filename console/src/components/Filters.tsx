import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useCameras } from '../api/queries';
import { useText } from '../i18n/language';
import { DAY, formatInstant } from '../time/instant';
import type { Zone } from '../time/zone';

const TYPING_MILLIS = 300;

/** What every history can be narrowed by, as it stands in the address. */
export interface Narrowed {
  readonly q?: string | undefined;
  readonly camera?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Takes the place of the value that stood there; '' removes it. */
type Set = (name: keyof Narrowed, value: string) => void;

/** The days of a site as the instants that a server asks for; both days count whole. */
export function within({ from, to }: Narrowed, zone: Zone): { from: string | undefined; to: string | undefined } {
  const first = from === undefined ? undefined : zone.fromFields(from, '00:00');
  const last = to === undefined ? undefined : zone.fromFields(to, '00:00');
  return {
    from: first === undefined ? undefined : formatInstant(first),
    // A day and a half later is surely in the next one.
    to: last === undefined ? undefined : formatInstant(zone.startOfDay(last + DAY * 1.5)),
  };
}

/** A text to find; it is asked for when the typing rests. */
export function TextFilter({ search, set, label }: { search: Narrowed; set: Set; label: string }): JSX.Element {
  const [text, setText] = useState(search.q ?? '');
  const typed = useDebouncedCallback((value: string) => set('q', value), TYPING_MILLIS);
  return (
    <label className="search-field">
      <IconSearch className="i s" aria-hidden="true" />
      <input
        type="search"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          typed(event.currentTarget.value);
        }}
        placeholder={label}
        aria-label={label}
      />
    </label>
  );
}

/** A camera, and the first and last day. */
export function CameraAndDays({ search, set }: { search: Narrowed; set: Set }): JSX.Element {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  return (
    <>
      <NativeSelect
        aria-label={t('filter.camera')}
        value={search.camera ?? ''}
        onChange={(event) => set('camera', event.currentTarget.value)}
        data={[{ value: '', label: t('filter.anyCamera') }, ...cameras.map((camera) => ({ value: camera.id, label: camera.name }))]}
      />
      <TextInput type="date" aria-label={t('filter.from')} value={search.from ?? ''} onChange={(event) => set('from', event.currentTarget.value)} />
      <span className="dim">–</span>
      <TextInput type="date" aria-label={t('filter.to')} value={search.to ?? ''} onChange={(event) => set('to', event.currentTarget.value)} />
    </>
  );
}
