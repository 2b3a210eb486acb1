import { Modal, Textarea } from '@mantine/core';
import { IconLifebuoy, IconListSearch, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { ask } from '../../api/client';
import { emergency as emergencyDecoder, may, type Emergency } from '../../api/model';
import { emergenciesChanged, emergenciesQuery, useCameras, useMe } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Time } from '../../components/Time';
import { leftText, lookedText, scopeText, stageOf, waitsForReview } from '../../components/emergencies';
import { Empty, Failure, Loading, faultText } from '../../components/states';
import { useText } from '../../i18n/language';
import type { Text } from '../../i18n/catalogue';
import { useNow } from '../../time/server-clock';
import { useZone } from '../../time/site';
import type { Micros } from '../../time/instant';
import type { Zone } from '../../time/zone';

/** What others took in emergencies, for those who oversee it: what is to be reviewed first. */
export function Emergencies({ wanted }: { wanted: string }): JSX.Element {
  const t = useText();
  const now = useNow();
  const { data, error, refetch, isPending } = useQuery(emergenciesQuery);
  const { data: cameras } = useCameras();
  const [reviewing, setReviewing] = useState<Emergency>();
  const words = wanted.toLocaleLowerCase(t.locale);
  const told = (each: Emergency): string => [each.by.name, each.reason, lookedText(each, cameras, t), each.review?.by.name, each.review?.note].filter(Boolean).join(' ');
  const found = (data ?? []).filter((each) => told(each).toLocaleLowerCase(t.locale).includes(words));
  const waiting = found.filter((each) => waitsForReview(each, now)).length;
  return (
    <section className="panel" aria-label={t('emergencies.title')}>
      <header>
        <h2>{t('emergencies.title')}</h2>
        <span className="badge-count">{t.number(found.length)}</span>
        {waiting > 0 && <span className="chip warn">{t.count('emergencies.due', waiting)}</span>}
      </header>
      {isPending && <Loading />}
      {error && <Failure fault={error} retry={() => void refetch()} />}
      {data && found.length === 0 && (
        <Empty
          icon={wanted === '' ? IconLifebuoy : IconSearch}
          title={wanted === '' ? t('emergencies.none') : t('list.noMatch', { wanted })}
          next={wanted === '' ? t('emergencies.none.next') : t('list.noMatch.next')}
        />
      )}
      {found.length > 0 && (
        <ul className="requests">
          {found.map((each) => (
            <Taken key={each.id} emergency={each} review={() => setReviewing(each)} />
          ))}
        </ul>
      )}
      {reviewing && <Review key={reviewing.id} emergency={reviewing} close={() => setReviewing(undefined)} />}
    </section>
  );
}

function Taken({ emergency, review }: { emergency: Emergency; review: () => void }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const now = useNow();
  const me = useMe();
  const { data: cameras } = useCameras();
  const { name, id } = emergency.by;
  const stage = stageOf(emergency, now);
  const looked = lookedText(emergency, cameras, t);
  const day = (at: Micros): string => zone.fieldsOf(at).date;
  return (
    <li data-emergency={emergency.id}>
      <IconLifebuoy className={stage === 'reviewed' ? 'i dim' : 'i c-held'} aria-hidden="true" />
      <div className="request">
        <b>{t('emergencies.who', { name, cameras: scopeText(emergency.cameras, t) })}</b>
        {emergency.reason === '' ? <p className="sm dim">{t('emergencies.reason.gone')}</p> : <blockquote>{emergency.reason}</blockquote>}
        <p className="sm facts">
          <span className="dim">
            {t('emergencies.taken')} <Time at={emergency.takenAt} />
          </span>
          <span className={stage === 'running' ? 'c-held b' : ''}>{endText(emergency, now, zone, t)}</span>
        </p>
        <p className="sm">{looked === '' ? t('emergencies.looked.nothing') : t('emergencies.looked', { cameras: looked })}</p>
        <p className="sm">
          <span className={stage === 'overdue' ? 'c-alarm b' : 'dim'}>{reviewText(emergency, now, zone, t)}</span>
        </p>
        {emergency.review && emergency.review.note !== '' && <blockquote>{emergency.review.note}</blockquote>}
      </div>
      <div className="acts">
        {may(me, 'read-audit') && (
          <Link className="btn" to="/audit" search={{ person: id, from: day(emergency.takenAt), to: day(emergency.endedAt ?? emergency.until) }} aria-label={t('emergencies.log.of', { name })}>
            <IconListSearch className="i" aria-hidden="true" />
            {t('emergencies.log')}
          </Link>
        )}
        {stage === 'running' && may(me, 'manage-people') && (
          <Link className="btn x" to="/people">
            {t('emergencies.takeBack')}
          </Link>
        )}
        {emergency.mayReview && (
          <button type="button" className="btn p" onClick={review} aria-label={t('emergencies.review.of', { name })}>
            {t('emergencies.review')}
          </button>
        )}
      </div>
    </li>
  );
}

/** Until when it runs, or what ended it. */
function endText(emergency: Emergency, now: Micros, zone: Zone, t: Text): string {
  const { endedAt, endedHow, until } = emergency;
  if (endedAt !== undefined && endedHow !== undefined) return t(`emergencies.ended.${endedHow}`, { time: zone.dayAndTime(endedAt) });
  return now < until ? t('emergencies.running', { time: zone.time(until), left: leftText(until, now, t) }) : t('emergencies.ended.time', { time: zone.dayAndTime(until) });
}

function reviewText(emergency: Emergency, now: Micros, zone: Zone, t: Text): string {
  const { review, reviewBy, by } = emergency;
  if (review) return t('emergencies.reviewed', { name: review.by.name, time: zone.dayAndTime(review.at) });
  return stageOf(emergency, now) === 'overdue' ? t('emergencies.overdue', { time: zone.dayAndTime(reviewBy), name: by.name }) : t('emergencies.reviewBy', { time: zone.dayAndTime(reviewBy) });
}

const SHORTEST_NOTE = 10;
const LONGEST_NOTE = 500;

/** What is to be said of it: whether the reason holds, and what follows. */
function Review({ emergency, close }: { emergency: Emergency; close: () => void }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const send = useMutation({
    mutationFn: () => ask('POST', `/emergencies/${emergency.id}/review`, emergencyDecoder, { note: note.trim() }),
    onSuccess: async () => {
      announce(t('emergencies.done', { name: emergency.by.name }));
      await emergenciesChanged(queries);
      close();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  const fault = faultText(send.error, 'note', t);
  return (
    <Modal opened onClose={close} title={t('emergencies.review.title', { name: emergency.by.name })} lockScroll={false} size={560} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form className="col form" onSubmit={submit}>
        {emergency.reason !== '' && <blockquote className="note">{emergency.reason}</blockquote>}
        <ul className="happens">
          <li>{t('emergencies.review.ask')}</li>
          <li>{t('emergencies.review.once')}</li>
          <li>{t('emergencies.review.free', { name: emergency.by.name })}</li>
        </ul>
        <Textarea
          label={t('emergencies.note')}
          description={t('emergencies.note.how', { least: t.number(SHORTEST_NOTE) })}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value.replaceAll('\n', ' '))}
          maxLength={LONGEST_NOTE}
          rows={3}
          error={fault}
          required
          withAsterisk={false}
          data-autofocus
        />
        {send.error && fault === undefined && <Failure fault={send.error} />}
        <div className="dialog-foot">
          <button type="button" className="btn" onClick={close}>
            {t('action.cancel')}
          </button>
          <button type="submit" className="btn p" disabled={send.isPending || note.trim().length < SHORTEST_NOTE}>
            {t('emergencies.review.action')}
          </button>
        </div>
      </form>
    </Modal>
  );
}
