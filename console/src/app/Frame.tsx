import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useHotkeys } from '@mantine/hooks';
import { useState, type JSX, type ReactNode } from 'react';
import type { Me } from '../api/model';
import { serverQuery, systemQuery } from '../api/queries';
import { Mark } from '../components/Mark';
import { useText } from '../i18n/language';
import { useSite } from '../time/site';
import { ApprovalNotice } from './ApprovalNotice';
import { EmergencyBanner } from './EmergencyBanner';
import { EmergencyNotice } from './EmergencyNotice';
import { Inbox } from './Inbox';
import { KeysHelp } from './KeysHelp';
import { Palette } from './Palette';
import { PersonMenu } from './PersonMenu';
import { SearchButton } from './SearchButton';
import { TopClock } from './TopClock';
import { WhyLooking } from './WhyLooking';
import { screensOf } from './screens';
import { useSignOfLife } from './use-sign-of-life';
import { useSigns } from './use-signs';

/** Rail, bar and the screen between them. */
export function Frame({ me, children }: { me: Me; children: ReactNode }): JSX.Element {
  const t = useText();
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  useSignOfLife();
  useHotkeys([['mod+K', () => setSearching(true)]]);
  useSigns({ '/': () => setSearching(true), '?': () => setHelping(true) });
  return (
    <div className="app">
      <a className="skip" href="#screen">
        {t('frame.skip')}
      </a>
      <Rail me={me} help={() => setHelping(true)} />
      <header className="bar">
        <SiteName />
        <SearchButton me={me} open={() => setSearching(true)} />
        <WhyLooking />
        <TopClock />
        <span className="sep" />
        <Inbox />
        <PersonMenu me={me} />
      </header>
      <EmergencyBanner />
      <main className="main" id="screen" tabIndex={-1}>
        {children}
      </main>
      <ApprovalNotice />
      <EmergencyNotice />
      <Palette me={me} opened={searching} close={() => setSearching(false)} />
      <KeysHelp me={me} opened={helping} close={() => setHelping(false)} />
    </div>
  );
}

function Rail({ me, help }: { me: Me; help: () => void }): JSX.Element {
  const t = useText();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="rail" aria-label={t('frame.rail')}>
      <Mark className="mark" />
      {screensOf(me).map((screen) => {
        const on = path === screen.path || path.startsWith(`${screen.path}/`);
        return (
          <Link
            key={screen.path}
            to={screen.path}
            className={on ? 'on' : ''}
            aria-current={on ? 'page' : undefined}
            title={t(screen.title)}
          >
            <screen.icon className="i l" aria-hidden="true" />
            {screen.path === '/system' && <AlarmCount />}
            <span className="label">{t(screen.title)}</span>
          </Link>
        );
      })}
      <span className="grow" />
      <button type="button" className="hide-s" title={t('frame.help')} aria-label={t('frame.help')} onClick={help}>
        <b aria-hidden="true">?</b>
      </button>
    </nav>
  );
}

/** How many alarms stand, on the way to them. Only who sees the system page asks. */
function AlarmCount(): JSX.Element | null {
  const t = useText();
  const { data } = useQuery(systemQuery);
  const open = data?.alarms ?? [];
  if (open.length === 0) return null;
  const isCritical = open.some((alarm) => alarm.severity === 'critical' && !alarm.acknowledged);
  return (
    <span className={`rail-count num ${isCritical ? 'bad' : 'warn'}`} role="img" aria-label={t.count('alarms.open', open.length)}>
      {open.length > 99 ? '99+' : open.length}
    </span>
  );
}

function SiteName(): JSX.Element {
  const t = useText();
  const site = useSite();
  const { data: server } = useQuery(serverQuery);
  return (
    <div className="site">
      <span className="ell">{site?.name ?? server?.name ?? 'Custodes'}</span>
      {server?.demo && (
        <span className="chip line" title={t('demo.explain')}>
          {t('demo.name')}
        </span>
      )}
    </div>
  );
}
