import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Site } from '../api/model';
import { sitesQuery } from '../api/queries';
import { useText } from '../i18n/language';
import { Zone } from './zone';

/** The site that the console stands in. There is one for now; a camera names its own. */
export function useSite(): Site | undefined {
  const { data } = useQuery(sitesQuery);
  return data?.[0];
}

/** The zone that every time on the screen is told in. UTC until the site is known. */
export function useZone(): Zone {
  const site = useSite();
  const { locale } = useText();
  return useMemo(() => new Zone(site?.zone ?? 'UTC', locale), [site?.zone, locale]);
}
