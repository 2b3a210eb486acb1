import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { serverQuery } from '../api/queries';
import { useLanguageChoice, useText } from '../i18n/language';
import { Mark } from './Mark';

/** The page in front of the door: what to do at the left, what to know at the right. */
export function DoorPage(props: { title: string; lead: string; aside: ReactNode; /** On a phone the aside comes first. */ asideFirst?: boolean; children: ReactNode }): JSX.Element {
  return (
    <main className="door">
      <div className="door-card">
        <section className="door-do">
          <div className="row door-brand">
            <Mark size={32} />
            <b>Custodes</b>
          </div>
          <div>
            <h1>{props.title}</h1>
            <p className="dim">{props.lead}</p>
          </div>
          {props.children}
        </section>
        <aside className={props.asideFirst ? 'door-know first' : 'door-know'}>
          {props.aside}
          <div className="grow" />
          <DoorFoot />
        </aside>
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
