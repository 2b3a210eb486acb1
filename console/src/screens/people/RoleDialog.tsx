import { Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { days, purposes, role as roleDecoder, type Day, type Purpose, type Role, type WeekTime } from '../../api/model';
import { useAnnounce } from '../../components/Announcer';
import { ageText } from '../../components/limits';
import { watching } from '../../components/roles';
import { Failure, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import { RoleSentences } from './RoleSentences';

const AGES: readonly number[] = [1, 2, 4, 8, 12, 24, 48, 72, 168, 336];
const SHIFT: WeekTime = { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '07:00', to: '19:00' };
const NEW: Role = { id: '', name: '', template: 'operator', builtIn: false, oldestHours: 4, sinceGiven: false, hours: [], purposes: [], needsCase: false };

/** Makes or changes a role: one that shows footage, narrowed. What it will mean stands below, in sentences. */
export function RoleDialog({ role, close }: { role: Role | undefined; close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Role>(role ?? NEW);
  const alwaysForACase = draft.template === 'investigator';
  const change = (part: Partial<Role>): void => setDraft((last) => ({ ...last, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const { name, template, oldestHours, sinceGiven, hours, purposes: asked, needsCase } = draft;
      const limits = { name: name.trim(), ...(oldestHours !== undefined && { oldestHours }), sinceGiven, hours, purposes: asked, needsCase: alwaysForACase || needsCase };
      return role ? ask('PUT', `/roles/${role.id}`, roleDecoder, limits) : ask('POST', '/roles', roleDecoder, { ...limits, template });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['roles'] });
      announce(t('roles.saved'));
      close();
    },
  });
  const fault = (field: string): string | undefined => faultText(save.error, field, t);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const ages = [...new Set([...AGES, ...(draft.oldestHours === undefined ? [] : [draft.oldestHours])])].toSorted((one, other) => one - other);
  const toggled = (purpose: Purpose): Purpose[] => purposes.filter((each) => (each === purpose) !== draft.purposes.includes(each));
  return (
    <Modal opened onClose={close} title={t(role ? 'roles.change.title' : 'roles.add.title')} lockScroll={false} size={640} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="col form" onSubmit={submit}>
        <TextInput label={t('person.name')} description={t('roles.name.how')} value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} error={fault('name')} maxLength={60} required withAsterisk={false} data-autofocus />
        {!role && (
          <NativeSelect
            label={t('roles.template')}
            value={draft.template}
            onChange={(event) => change({ template: watching.find((each) => each === event.currentTarget.value) ?? draft.template })}
            error={fault('template')}
            data={watching.map((each) => ({ value: each, label: t(`role.${each}`) }))}
          />
        )}
        <NativeSelect
          label={t('roles.oldest')}
          value={draft.oldestHours === undefined ? '' : String(draft.oldestHours)}
          onChange={(event) => change({ oldestHours: event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value) })}
          error={fault('oldestHours')}
          data={[{ value: '', label: t('roles.oldest.kept') }, ...ages.map((hours) => ({ value: String(hours), label: ageText(hours, t) }))]}
        />
        <Checkbox label={t('roles.sinceGiven')} checked={draft.sinceGiven} onChange={(event) => change({ sinceGiven: event.currentTarget.checked })} />
        <Spans spans={draft.hours} setSpans={(hours) => change({ hours })} error={fault('hours')} />
        <fieldset className="choice">
          <legend className="lbl">{t('roles.purposes')}</legend>
          {purposes.map((purpose) => (
            <Checkbox key={purpose} label={t(`purpose.${purpose}`)} checked={draft.purposes.includes(purpose)} onChange={() => change({ purposes: toggled(purpose) })} />
          ))}
          <Checkbox
            label={t('roles.needsCase')}
            description={alwaysForACase && t('roles.needsCase.always')}
            checked={alwaysForACase || draft.needsCase}
            disabled={alwaysForACase}
            onChange={(event) => change({ needsCase: event.currentTarget.checked })}
          />
        </fieldset>
        <RoleSentences role={{ ...draft, needsCase: alwaysForACase || draft.needsCase }} />
        {save.error && !fault('name') && !fault('hours') && <Failure fault={save.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={save.isPending || draft.name.trim() === ''}>
            {t(role ? 'roles.change' : 'roles.add')}
          </button>
        </div>
      </form>
    </Modal>
  );
}

let rows = 0;

/** The times of a week, each known by a number that outlives its changes. */
function Spans({ spans, setSpans, error }: { spans: readonly WeekTime[]; setSpans: (spans: WeekTime[]) => void; error: string | undefined }): JSX.Element {
  const t = useText();
  const [kept, setKept] = useState(() => spans.map((time) => ({ row: (rows += 1), time })));
  const become = (next: typeof kept): void => {
    setKept(next);
    setSpans(next.map((each) => each.time));
  };
  const change = (row: number, part: Partial<WeekTime>): void => become(kept.map((each) => (each.row === row ? { row, time: { ...each.time, ...part } } : each)));
  const toggled = (time: WeekTime, day: Day): Day[] => days.filter((each) => (each === day) !== time.days.includes(each));
  return (
    <fieldset className="choice">
      <legend className="lbl">{t('roles.hours')}</legend>
      {kept.length === 0 && <p className="dim">{t('roles.hours.always')}</p>}
      {kept.map(({ row, time }) => (
        <div className="span" key={row}>
          <div className="row wrap" role="group" aria-label={t('roles.days')}>
            {days.map((day) => (
              <button key={day} type="button" className={time.days.includes(day) ? 'btn s on' : 'btn s'} aria-pressed={time.days.includes(day)} title={t(`day.${day}`)} onClick={() => change(row, { days: toggled(time, day) })}>
                {t(`day.${day}.short`)}
              </button>
            ))}
          </div>
          <div className="row wrap">
            <TextInput type="time" aria-label={t('roles.from')} value={time.from} onChange={(event) => change(row, { from: event.currentTarget.value })} />
            <span aria-hidden="true">–</span>
            <TextInput type="time" aria-label={t('roles.to')} value={time.to} onChange={(event) => change(row, { to: event.currentTarget.value })} />
            <button type="button" className="btn g s ic" title={t('roles.hours.remove')} aria-label={t('roles.hours.remove')} onClick={() => become(kept.filter((each) => each.row !== row))}>
              <IconX className="i" aria-hidden="true" />
            </button>
          </div>
        </div>
      ))}
      {error && <p className="field-error">{error}</p>}
      <button type="button" className="btn s" onClick={() => become([...kept, { row: (rows += 1), time: SHIFT }])}>
        <IconPlus className="i" aria-hidden="true" />
        {t('roles.hours.add')}
      </button>
    </fieldset>
  );
}
