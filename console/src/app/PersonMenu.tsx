import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconArrowsExchange, IconCheck, IconLanguage, IconLifebuoy, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../api/client';
import type { Me } from '../api/model';
import { leave } from '../api/queries';
import { useEmergency } from '../components/Emergency';
import { rolesText } from '../components/roles';
import { useLanguageChoice, useText } from '../i18n/language';
import { ShiftChange } from './ShiftChange';

/** Who I am, in which role, and what is only mine: language, theme, leaving. */
export function PersonMenu({ me }: { me: Me }): JSX.Element {
  const t = useText();
  const choose = useLanguageChoice();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { take } = useEmergency();
  const [changing, setChanging] = useState(false);
  const role = rolesText(me.person.roles, t);
  return (
    <>
      <Menu position="bottom-end" width={248} withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className="who">
            <span className="vh">{t('frame.person', { name: me.person.name, role })}</span>
            <i aria-hidden="true">{me.person.name.slice(0, 1).toUpperCase()}</i>
            <span className="hide-s ell" aria-hidden="true">
              {me.person.name}
              <span className="dim hide-m">, {role}</span>
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <b>{me.person.name}</b>
            <br />
            {role}
          </Menu.Label>
          <Menu.Item leftSection={<IconUserCircle className="i" aria-hidden="true" />} onClick={() => void navigate({ to: '/me' })}>
            {t('frame.mine')}
          </Menu.Item>
          {take && (
            <Menu.Item leftSection={<IconLifebuoy className="i c-held" aria-hidden="true" />} onClick={take}>
              {t('emergency.take')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Label>{t('frame.language')}</Menu.Label>
          {(['en', 'de'] as const).map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              aria-current={t.language === language}
              leftSection={<IconLanguage className="i" aria-hidden="true" />}
              rightSection={t.language === language ? <IconCheck className="i c-acc" aria-hidden="true" /> : null}
              onClick={() => choose(language)}
            >
              {language === 'en' ? 'English' : 'Deutsch'}
            </Menu.Item>
          ))}
          <Menu.Label>{t('frame.theme')}</Menu.Label>
          {(['dark', 'light'] as const).map((scheme) => (
            <Menu.Item
              key={scheme}
              aria-current={colorScheme === scheme}
              leftSection={
                scheme === 'dark' ? <IconMoon className="i" aria-hidden="true" /> : <IconSun className="i" aria-hidden="true" />
              }
              rightSection={colorScheme === scheme ? <IconCheck className="i c-acc" aria-hidden="true" /> : null}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`frame.theme.${scheme}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconArrowsExchange className="i" aria-hidden="true" />} onClick={() => setChanging(true)}>
            {t('frame.shift')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout className="i" aria-hidden="true" />} onClick={() => void signOut()}>
            {t('frame.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ShiftChange me={me} opened={changing} close={() => setChanging(false)} />
    </>
  );
}

export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    try {
      await ask('POST', '/sign-out', nothing, {});
    } finally {
      leave(queries);
    }
  };
}
