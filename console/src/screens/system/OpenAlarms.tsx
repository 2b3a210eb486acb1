import { Modal, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEyeCheck, IconUrgent } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { alarm as alarmModel, type Alarm } from '../../api/model';
import { useCameras, useMe } from '../../api/queries';
import { Time } from '../../components/Time';
import { explain } from '../../components/states';
import { useText } from '../../i18n/language';
import { useZone } from '../../time/site';
import { alarmWords, worstFirst } from './alarm-words';

/** What stands: what happened, why, the next step, and who has seen it. */
export function OpenAlarms({ alarms }: { alarms: readonly Alarm[] }): JSX.Element {
  const t = useText();
  const mayTakeOn = useMe().rights.includes('acknowledge-alarms');
  const [chosen, choose] = useState<Alarm>();
  const criticals = alarms.filter((each) => each.severity === 'critical').length;
  return (
    <section className="panel alarms-panel" aria-label={t('system.todo')}>
      <header>
        <h2>{t('system.todo')}</h2>
        {criticals > 0 && <span className="chip bad">{t.count('alarms.criticals', criticals)}</span>}
        {alarms.length > criticals && <span className="chip warn">{t.count('alarms.warnings', alarms.length - criticals)}</span>}
      </header>
      {alarms.length === 0 && (
        <p className="row pad c-live">
          <IconCircleCheck className="i" aria-hidden="true" />
          <span>{t('system.nothing')}</span>
        </p>
      )}
      <ul aria-live="polite">
        {alarms.toSorted(worstFirst).map((each) => (
          <OpenAlarm key={each.number} alarm={each} takeOn={mayTakeOn && !each.acknowledged ? () => choose(each) : undefined} />
        ))}
      </ul>
      {chosen && <TakeOn key={chosen.number} alarm={chosen} close={() => choose(undefined)} />}
    </section>
  );
}

function OpenAlarm({ alarm, takeOn }: { alarm: Alarm; takeOn: (() => void) | undefined }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const words = alarmWords(alarm, t, zone);
  const Sign = alarm.severity === 'critical' ? IconUrgent : IconAlertTriangle;
  return (
    <li>
      <Sign className={`i l ${alarm.severity === 'critical' ? 'c-alarm' : 'c-warn'}`} role="img" aria-label={t(`alarms.${alarm.severity}`)} />
      <div className="grow">
        <p>
          <b>{words.what}</b> <AlarmCamera alarm={alarm} />
        </p>
        {words.why !== undefined && <p>{words.why}</p>}
        {words.next !== undefined && <p className="dim">{words.next}</p>}
        {words.detail !== undefined && (
          <p className="dim sm alarm-detail" lang="en">
            {words.detail}
          </p>
        )}
        <p className="dim sm">
          {t('system.since')} <Time at={alarm.since} />
          {alarm.times > 1 && <>, {t('alarms.times', { n: t.number(alarm.times) })}</>}
        </p>
        {alarm.acknowledged && (
          <p className="row sm">
            <IconEyeCheck className="i s" aria-hidden="true" />
            <span>
              {t('alarms.seenBy', { name: alarm.acknowledged.name, time: `${zone.shortDay(alarm.acknowledged.at)} ${zone.time(alarm.acknowledged.at)}` })}
              {alarm.acknowledged.note !== '' && <span className="dim"> {t('alarms.note', { note: alarm.acknowledged.note })}</span>}
            </span>
          </p>
        )}
      </div>
      {takeOn && (
        <button type="button" className="btn" onClick={takeOn} aria-label={`${t('alarms.acknowledge')}: ${words.what}`}>
          {t('alarms.acknowledge')}
        </button>
      )}
    </li>
  );
}

/** The camera by its name, as a link to it. */
export function AlarmCamera({ alarm }: { alarm: Alarm }): JSX.Element | null {
  const t = useText();
  const { data: cameras } = useCameras();
  if (alarm.part !== 'cameras' || alarm.subject === undefined || alarm.subject === '') return null;
  const camera = cameras?.find((each) => each.id === alarm.subject);
  if (!camera) return cameras ? <span className="dim">{t('alarms.camera.gone')}</span> : null;
  return (
    <Link to="/cameras/$id" params={{ id: camera.id }}>
      {camera.name}
    </Link>
  );
}

function TakeOn({ alarm, close }: { alarm: Alarm; close: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const act = useMutation({
    mutationFn: () => ask('POST', `/alarms/${alarm.number}/acknowledge`, alarmModel, { note: note.trim() }),
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries({ queryKey: ['system'] }), client.invalidateQueries({ queryKey: ['alarms'] })]);
      close();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  const fault = act.error ? explain(act.error, t) : undefined;
  return (
    <Modal opened onClose={close} title={t('alarms.acknowledge.title')} lockScroll={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit} className="col take-on">
        <p>
          <b>{alarmWords(alarm, t, zone).what}</b> <AlarmCamera alarm={alarm} />
        </p>
        <p className="dim">{t('alarms.acknowledge.about')}</p>
        <Textarea
          label={t('alarms.acknowledge.label')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value.replaceAll('\n', ' '))}
          maxLength={500}
          rows={2}
          error={fault && `${fault.what} ${fault.next}`}
          data-autofocus
        />
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={act.isPending}>
            {t('alarms.acknowledge')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
