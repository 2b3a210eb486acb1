import { useQuery } from '@tanstack/react-query';
import type { Entry } from '../../api/model';
import { sitesQuery, useCameras } from '../../api/queries';
import { useText } from '../../i18n/language';
import { objectText } from './told';

/** What an entry is about, by its name. */
export function useAbout(entry: Entry): string {
  const t = useText();
  const { data: cameras = [] } = useCameras();
  const { data: sites = [] } = useQuery(sitesQuery);
  return objectText(entry, cameras, sites, t);
}
