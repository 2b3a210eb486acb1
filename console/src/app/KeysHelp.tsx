import { Modal } from '@mantine/core';
import type { JSX } from 'react';
import type { Me } from '../api/model';
import type { PlainKey } from '../i18n/catalogue';
import { useText } from '../i18n/language';
import { screensOf } from './screens';

const groups: readonly { title: PlainKey; keys: readonly (readonly [string, PlainKey])[] }[] = [
  {
    title: 'keys.everywhere',
    keys: [
      ['Ctrl K  /', 'keys.search'],
      ['?', 'keys.help'],
    ],
  },
  {
    title: 'screen.watch',
    keys: [
      ['Enter', 'keys.full'],
      ['.', 'keys.menu'],
      ['← ↑ → ↓', 'keys.tiles'],
      ['Ctrl ← ↑ → ↓', 'keys.arrange'],
      ['F', 'keys.screen'],
      ['Esc', 'keys.back'],
    ],
  },
  {
    title: 'screen.playback',
    keys: [
      ['␣', 'keys.play'],
      ['J  K  L', 'keys.shuttle'],
      ['←  →', 'keys.frame'],
      ['Shift ←  →', 'keys.tenSeconds'],
      ['Home  End', 'keys.ends'],
      ['I  O', 'keys.interval'],
      ['1 … 9', 'keys.camera'],
      ['G', 'keys.goto'],
      ['+  −', 'keys.zoom'],
    ],
  },
];

/** The keys of the screens that they have. */
export function KeysHelp({ me, opened, close }: { me: Me; opened: boolean; close: () => void }): JSX.Element {
  const t = useText();
  const titles = new Set<PlainKey>(['keys.everywhere', ...screensOf(me).map((screen) => screen.title)]);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('frame.help')}
      size={680}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="keys">
        {groups.filter((group) => titles.has(group.title)).map((group) => (
          <section key={group.title}>
            <h2>{t(group.title)}</h2>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div key={keys}>
                  <dt>
                    {keys.split('  ').map((key) => (
                      <kbd key={key}>{key.replace('Ctrl', t('key.ctrl')).replace('Shift', t('key.shift'))}</kbd>
                    ))}
                  </dt>
                  <dd>{t(meaning)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
