import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { group as groupDecoder, type Group } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import type { Place } from '../../components/places';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';

interface MakeProps {
  readonly places: readonly Place[];
  readonly close: () => void;
  readonly done: (made: Group) => void;
}

/** A group with nothing in it yet. */
export function MakeGroup({ places, close, done }: MakeProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [parent, setParent] = useState(places[0]?.id ?? '');
  const make = useMutation({
    mutationFn: () => ask('POST', '/groups', groupDecoder, { name: name.trim(), parent }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['groups'] });
      announce(t('groups.made', { name: made.name }));
      done(made);
    },
  });
  const fault = (field: string): string | undefined => faultText(make.error, field, t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Modal opened onClose={close} title={t('groups.make')} lockScroll={false} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="col form" onSubmit={submit}>
        <TextInput label={t('groups.name')} description={t('groups.name.how')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fault('name')} maxLength={200} required withAsterisk={false} data-autofocus />
        <NativeSelect label={t('groups.parent')} value={parent} onChange={(event) => setParent(event.currentTarget.value)} error={fault('parent')} data={places.map((place) => ({ value: place.id, label: place.path }))} />
        {make.error && !fault('name') && !fault('parent') && <Failure fault={make.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={make.isPending || name.trim() === ''}>
            {t('groups.make')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
