import { IconCameraPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ask } from '../../api/client';
import { forecast as forecastModel, type Forecast } from '../../api/model';
import { useCameras } from '../../api/queries';
import { bytesText, durationText } from '../../components/duration';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { HOUR } from '../../time/instant';
import { useZone } from '../../time/site';

const REFRESH_MILLIS = 60_000;
const chips = { kept: 'ok', short: 'bad', unknown: 'line' } as const;

/** How long storage lasts, by what was really recorded. For who sees the system. */
export function StorageForecast(): JSX.Element {
  const t = useText();
  const query = useQuery({
    queryKey: ['storage'],
    queryFn: ({ signal }) => ask('GET', '/storage', forecastModel, undefined, signal),
    refetchInterval: REFRESH_MILLIS,
  });
  return (
    <section className="panel" aria-label={t('forecast.title')}>
      <header>
        <h2>{t('forecast.title')}</h2>
      </header>
      {query.isPending && <Loading rows={3} />}
      {query.error && !query.data && <Failure fault={query.error} retry={() => void query.refetch()} />}
      {query.data && <Told forecast={query.data} />}
    </section>
  );
}

function Told({ forecast }: { forecast: Forecast }): JSX.Element {
  const t = useText();
  const zone = useZone();
  const { data: cameras = [] } = useCameras();
  if (forecast.cameras.length === 0) return <Empty icon={IconCameraPlus} title={t('forecast.none')} next={t('forecast.none.next')} />;
  const sentence =
    forecast.fullAt !== undefined
      ? t('forecast.full', { when: zone.longDay(forecast.fullAt) })
      : t(forecast.bytesPerDay === 0 ? 'forecast.nothing' : 'forecast.suffices');
  const nameOf = (id: string): string => cameras.find((each) => each.id === id)?.name ?? '–';
  return (
    <>
      <div className="pad col">
        <p>
          <b>{sentence}</b>
        </p>
        <p className="dim num">
          {t('forecast.perDay', { size: bytesText(forecast.bytesPerDay, t) })}; {t('system.free', { free: bytesText(forecast.freeBytes, t) })}
        </p>
        {forecast.provisional && <p className="note warn">{t('forecast.provisional')}</p>}
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('forecast.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('forecast.camera')}</th>
              <th scope="col">{t('forecast.verdict')}</th>
              <th scope="col">{t('forecast.day')}</th>
              <th scope="col">{t('forecast.keep')}</th>
              <th scope="col">{t('forecast.needs')}</th>
              <th scope="col">{t('forecast.basis')}</th>
            </tr>
          </thead>
          <tbody>
            {forecast.cameras.map((each) => (
              <tr key={each.camera}>
                <td>
                  <Link to="/cameras/$id" params={{ id: each.camera }}>
                    {nameOf(each.camera)}
                  </Link>
                </td>
                <td>
                  <span className={`chip ${chips[each.verdict]}`}>{t(`forecast.${each.verdict}`)}</span>
                </td>
                <td className="num nw">{each.verdict === 'unknown' ? '–' : bytesText(each.bytesPerDay, t)}</td>
                <td className="num nw">{durationText(each.retentionHours * HOUR, t)}</td>
                <td className="num nw">{each.verdict === 'unknown' ? '–' : bytesText(each.neededBytes, t)}</td>
                <td className="num nw">{durationText(each.basisHours * HOUR, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
