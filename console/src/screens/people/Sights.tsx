import { TextInput } from '@mantine/core';
import { IconEye, IconEyeOff, IconQuestionMark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import type { Person, Sight } from '../../api/model';
import { sightsQuery, useCameras } from '../../api/queries';
import { Time } from '../../components/Time';
import { Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { useServerClock } from '../../time/server-clock';
import { useZone } from '../../time/site';

/** What a person can see of each camera at a moment, and what stands against it. */
export function Sights({ person }: { person: Person }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const clock = useServerClock();
  const [asked] = useState(() => clock.now());
  const [now] = useState(() => ({ date: zone.fieldsOf(asked).date, time: zone.time(asked).slice(0, 5) }));
  const [moment, setMoment] = useState(now);
  const at = zone.fromFields(moment.date, moment.time);
  // Now is not the beginning of its minute: a role may have been given since.
  const isNow = moment.date === now.date && moment.time === now.time;
  const sights = useQuery({ ...sightsQuery('people', person.id, isNow ? undefined : at), enabled: at !== undefined });
  const { data: cameras = [] } = useCameras();
  const named = (sight: Sight): string => cameras.find((camera) => camera.id === sight.camera)?.name ?? sight.camera;
  return (
    <section className="sights">
      <h3>{t('sights.title')}</h3>
      <div className="row wrap">
        <TextInput type="date" aria-label={t('goTo.day')} value={moment.date} onChange={(event) => setMoment({ ...moment, date: event.currentTarget.value })} />
        <TextInput type="time" aria-label={t('goTo.time', { zone: zone.abbreviation(asked) })} value={moment.time} onChange={(event) => setMoment({ ...moment, time: event.currentTarget.value })} error={at === undefined && t('goTo.wrong')} />
      </div>
      {sights.isPending && at !== undefined && <Loading />}
      {sights.error && <Failure fault={sights.error} retry={() => void sights.refetch()} />}
      <ul>
        {sights.data?.map((sight) => (
          <li key={sight.camera}>
            <SightSign against={sight.live} />
            <span>
              <b>{named(sight)}</b>
              <span className="block dim">
                {t('sights.live')}: <Against against={sight.live} />
              </span>
              <span className="block dim">
                {t('sights.back')}: {sight.from === undefined ? <Against against={sight.playback} /> : <>{t('sights.from')} <Time at={sight.from} /></>}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reasons that are answered by saying why stand against nothing else. */
const SAID: ReadonlySet<string> = new Set(['purpose-needed', 'case-needed']);

function SightSign({ against }: { against: readonly string[] }): JSX.Element {
  if (against.length === 0) return <IconEye className="i c-live" aria-hidden="true" />;
  return against.every((reason) => SAID.has(reason)) ? <IconQuestionMark className="i c-held" aria-hidden="true" /> : <IconEyeOff className="i c-gap" aria-hidden="true" />;
}

function Against({ against }: { against: readonly string[] }): JSX.Element {
  const t = useText();
  return <>{against.length === 0 ? t('sights.yes') : against.map((reason) => t.word('reason', reason)).join(' ')}</>;
}
