import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { serverQuery } from '../api/queries';
import { useLanguageChoice, useText } from '../i18n/language';
import { Mark } from './Mark';

interface DoorProps {
  readonly title: string;
  readonly lead: string;
  readonly aside: ReactNode;
  /** The aside is the first step: it stands before what is to be done, on every screen. */
  readonly asideFirst?: boolean;
  readonly children: ReactNode;
}

/** The page in front of the door: who asks, what to do, and beside it what to know. */
export function DoorPage(props: DoorProps): JSX.Element {
  return (
    <main className="door">
      <div className={props.asideFirst ? 'door-card aside-first' : 'door-card'}>
        <header className="door-head">
          <div className="row door-brand">
            <Mark size={32} />
            <b>Custodes</b>
          </div>
          <div>
            <h1>{props.title}</h1>
            <p className="dim">{props.lead}</p>
          </div>
        </header>
        <aside className="door-know">{props.aside}</aside>
        <section className="door-do">{props.children}</section>
        <footer className="door-foot">
          <DoorFoot />
        </footer>
      </div>
    </main>
  );
}

function DoorFoot(): JSX.Element {
  const t = useText();
  const choose = useLanguageChoice();
  const { colorScheme, toggleColorScheme } = useMantineColorScheme();
  const { data: server } = useQuery(serverQuery);
  return (
    <div className="row sm dim wrap">
      {(['en', 'de'] as const).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className="link"
          aria-pressed={t.language === language}
          onClick={() => choose(language)}
        >
          {language === 'en' ? 'English' : 'Deutsch'}
        </button>
      ))}
      <button type="button" className="link" onClick={toggleColorScheme}>
        {t(colorScheme === 'dark' ? 'frame.theme.light' : 'frame.theme.dark')}
      </button>
      <span className="end">{server && `Custodes ${server.version}`}</span>
    </div>
  );
}
