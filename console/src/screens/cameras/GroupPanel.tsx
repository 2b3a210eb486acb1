import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { IconHourglass, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { group as groupDecoder, may, type Group } from '../../api/model';
import { useCameras, useMe } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { within, type Place } from '../../components/places';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';

interface PanelProps {
  readonly group: Group;
  readonly places: readonly Place[];
  readonly close: () => void;
}

/** What a group is called, where it lies, and which cameras lie in it. */
export function GroupPanel({ group, places, close }: PanelProps): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const me = useMe();
  const { data: cameras = [] } = useCameras();
  const [name, setName] = useState(group.name);
  const [parent, setParent] = useState(group.parent);
  const [chosen, setChosen] = useState<readonly string[]>(group.cameras);
  const [removing, setRemoving] = useState(false);
  const changes = {
    ...(name.trim() !== group.name && { name: name.trim() }),
    ...(parent !== group.parent && { parent }),
    ...(chosen.toSorted().join() !== group.cameras.toSorted().join() && { cameras: chosen }),
  };
  const fresh = async (said: string): Promise<void> => {
    await Promise.all([queries.invalidateQueries({ queryKey: ['groups'] }), queries.invalidateQueries({ queryKey: ['approvals'] })]);
    announce(said);
  };
  const save = useMutation({
    mutationFn: () => ask('PATCH', `/groups/${group.id}`, groupDecoder, changes),
    onSuccess: async (saved) => {
      setName(saved.name);
      setParent(saved.parent);
      setChosen(saved.cameras);
      await fresh(t(saved.waiting.length > group.waiting.length ? 'groups.asked' : 'groups.saved', { name: saved.name }));
    },
  });
  const withdraw = useMutation({
    mutationFn: (approval: string) => ask('DELETE', `/approvals/${approval}`, nothing),
    onSuccess: () => fresh(t('groups.withdrawn', { name: group.name })),
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/groups/${group.id}`, nothing),
    onSuccess: async () => {
      await fresh(t('groups.removed', { name: group.name }));
      close();
    },
  });
  const fault = (field: string): string | undefined => faultText(save.error, field, t);
  const inner = new Set(within(group.id, places).map((place) => place.id));
  const here = cameras.filter((camera) => camera.site === group.site);
  // One whose footage is gone too has no name any more, and stays where it is unless somebody takes all out.
  const unnamed = chosen.filter((id) => !here.some((camera) => camera.id === id));
  const namesOf = (ids: readonly string[]): string => cameras.filter((camera) => ids.includes(camera.id)).map((camera) => camera.name).join(', ');
  const against = faultText(remove.error, 'group', t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <aside className="panel detail" aria-label={group.name}>
      <header>
        <h2 className="ell">{group.name}</h2>
        <button type="button" className="btn g s ic end" title={t('action.close')} aria-label={t('action.close')} onClick={close}>
          <IconX className="i" aria-hidden="true" />
        </button>
      </header>
      <div className="detail-body">
        <form className="col form" onSubmit={submit}>
          <TextInput label={t('groups.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={fault('name')} maxLength={200} required withAsterisk={false} />
          <NativeSelect
            label={t('groups.parent')}
            value={parent}
            onChange={(event) => setParent(event.currentTarget.value)}
            error={fault('parent')}
            data={places.filter((place) => place.site === group.site && !inner.has(place.id)).map((place) => ({ value: place.id, label: place.path }))}
          />
          <MultiSelect
            label={t('groups.cameras')}
            description={t('groups.cameras.how')}
            data={here.map((camera) => ({ value: camera.id, label: camera.name }))}
            value={chosen.filter((id) => !unnamed.includes(id))}
            onChange={(ids) => setChosen([...ids, ...unnamed])}
            searchable
            hidePickedOptions
            placeholder={chosen.length === 0 ? t('choice.pick') : ''}
            error={fault('cameras')}
            comboboxProps={{ withinPortal: true }}
          />
          {(group.holders ?? 0) > 0 && <p className="note">{t(may(me, 'manage-rights') ? 'groups.held.officer' : 'groups.held.others')}</p>}
          {fault('group') !== undefined && (
            <p className="note warn" role="alert">
              {fault('group')}
            </p>
          )}
          {save.error && ['name', 'parent', 'cameras', 'group'].every((field) => fault(field) === undefined) && <Failure fault={save.error} />}
          <button type="submit" className="btn p" disabled={save.isPending || name.trim() === '' || Object.keys(changes).length === 0}>
            {t('action.save')}
          </button>
        </form>
        {group.waiting.map((waiting) => (
          <section key={waiting.approval} className="group-waits" aria-label={t('held.waits')}>
            <p className="row wrap sm">
              <span className="chip warn">
                <IconHourglass className="i s" aria-hidden="true" />
                {t('held.waits')}
              </span>
            </p>
            <p className="dim sm">
              {t('groups.waits', { name: waiting.name, parent: places.find((place) => place.id === waiting.parent)?.path ?? t('groups.gone'), cameras: namesOf(waiting.cameras) || t('groups.empty') })}
            </p>
            {may(me, 'manage-rights') && (
              <button type="button" className="btn" disabled={withdraw.isPending} title={t('held.waits.withdraw.how')} onClick={() => withdraw.mutate(waiting.approval)}>
                <IconX className="i" aria-hidden="true" />
                {t('held.waits.withdraw')}
              </button>
            )}
          </section>
        ))}
        {withdraw.error && <Failure fault={withdraw.error} />}
      </div>
      <footer className="detail-foot">
        <button type="button" className="btn x" onClick={() => setRemoving(true)}>
          <IconTrash className="i" aria-hidden="true" />
          {t('groups.remove')}
        </button>
      </footer>
      <Confirm
        opened={removing}
        close={() => {
          remove.reset();
          setRemoving(false);
        }}
        title={t('groups.remove.title', { name: group.name })}
        happens={against === undefined ? [t('groups.remove.cameras'), t('groups.remove.roles'), t('remove.entry')] : [against]}
        action={t('groups.remove')}
        busy={remove.isPending}
        fault={against === undefined ? remove.error : null}
        run={() => remove.mutate()}
      />
    </aside>
  );
}
