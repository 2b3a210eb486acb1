import { Modal } from '@mantine/core';
import { IconCamera, IconClock, IconDeviceTv, IconLifebuoy, IconLogout, IconPlayerPlay, IconSearch, IconUser, IconUsers, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type JSX, type KeyboardEvent } from 'react';
import { may, type Me } from '../api/model';
import { peopleQuery, rolesQuery, useCameras } from '../api/queries';
import { useEmergency } from '../components/Emergency';
import { namesOf, rolesText } from '../components/roles';
import { useText } from '../i18n/language';
import type { Text } from '../i18n/catalogue';
import { useServerClock } from '../time/server-clock';
import { useZone } from '../time/site';
import { formatInstant } from '../time/instant';
import { useSignOut } from './PersonMenu';
import { screensOf, searchHint } from './screens';
import { readTime } from './read-time';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly icon: Icon;
  readonly go: () => void;
}

/** Go to a screen, a camera, a time, a person; run what I may run. */
export function Palette({ me, opened, close }: { me: Me; opened: boolean; close: () => void }): JSX.Element {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      lockScroll={false}
      size={560}
      yOffset="10vh"
      padding={0}
      title={t('palette.title')}
      classNames={{ header: 'vh' }}
    >
      {opened && <Choices me={me} close={close} />}
    </Modal>
  );
}

function Choices({ me, close }: { me: Me; close: () => void }): JSX.Element {
  const t = useText();
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const choices = useChoices(me, wanted.trim(), t).slice(0, 12);
  const chosen = Math.min(at, choices.length - 1);
  const run = (choice: Choice | undefined): void => {
    if (!choice) return;
    close();
    choice.go();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, choices.length));
    else if (event.key === 'ArrowUp') setAt((chosen - 1 + choices.length) % Math.max(1, choices.length));
    else if (event.key === 'Enter') run(choices[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette">
      <div className="palette-field">
        <IconSearch className="i" aria-hidden="true" />
        <input
          data-autofocus
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          placeholder={t(searchHint(me))}
          aria-label={t('palette.title')}
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={choices[chosen] && `${list}-${chosen}`}
        />
      </div>
      <div id={list} role="listbox" aria-label={t('palette.title')} className="palette-list">
        {choices.map((choice, index) => (
          <div
            key={choice.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={index === chosen ? 'on' : ''}
            onMouseMove={() => setAt(index)}
            onClick={() => run(choice)}
            onKeyDown={onKey}
          >
            <choice.icon className="i" aria-hidden="true" />
            <span className="ell grow">{choice.name}</span>
            <span className="dim sm nw">{choice.kind}</span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className="dim palette-none">{t(may(me, 'play-back') ? 'palette.none.time' : 'palette.none')}</p>}
    </div>
  );
}

function useChoices(me: Me, wanted: string, t: Text): Choice[] {
  const navigate = useNavigate();
  const zone = useZone();
  const clock = useServerClock();
  const signOut = useSignOut();
  const { data: cameras = [] } = useCameras();
  const { take } = useEmergency();
  const { data: people = [] } = useQuery({ ...peopleQuery, enabled: may(me, 'manage-people') });
  const { data: roles = [] } = useQuery({ ...rolesQuery, enabled: may(me, 'manage-rights') });
  const watches = may(me, 'watch-live');
  const looksBack = may(me, 'play-back');
  const matches = (...texts: string[]): boolean => {
    const words = wanted.toLocaleLowerCase(t.locale).split(/\s+/);
    const all = texts.join(' ').toLocaleLowerCase(t.locale);
    return words.every((word) => all.includes(word));
  };

  const choices: Choice[] = [];
  const time = looksBack ? readTime(wanted, zone, clock.now()) : undefined;
  if (time !== undefined) {
    choices.push({
      id: 'time',
      name: t('palette.time', { time: `${zone.longDay(time)} ${zone.time(time)} ${zone.abbreviation(time)}` }),
      kind: t('screen.playback'),
      icon: IconClock,
      go: () => void navigate({ to: '/playback', search: (last: object) => ({ ...last, at: formatInstant(time) }) }),
    });
  }
  for (const screen of screensOf(me)) {
    if (!matches(t(screen.title))) continue;
    choices.push({ id: screen.path, name: t(screen.title), kind: t('palette.screen'), icon: screen.icon, go: () => void navigate({ to: screen.path }) });
  }
  if (matches(t('screen.approvals'))) {
    choices.push({ id: '/approvals', name: t('screen.approvals'), kind: t('palette.screen'), icon: IconUsers, go: () => void navigate({ to: '/approvals' }) });
  }
  for (const camera of cameras) {
    if (wanted === '' || !matches(camera.name, camera.purpose)) continue;
    if (watches) choices.push({ id: `w${camera.id}`, name: camera.name, kind: t('palette.live'), icon: IconDeviceTv, go: () => void navigate({ to: '/watch', search: { full: camera.id } }) });
    if (looksBack) choices.push({ id: `p${camera.id}`, name: camera.name, kind: t('screen.playback'), icon: IconPlayerPlay, go: () => void navigate({ to: '/playback', search: { cameras: camera.id } }) });
    choices.push({ id: `c${camera.id}`, name: camera.name, kind: t('palette.camera'), icon: IconCamera, go: () => void navigate({ to: '/cameras/$id', params: { id: camera.id } }) });
  }
  for (const person of people) {
    if (wanted === '' || !matches(person.name)) continue;
    choices.push({ id: person.id, name: person.name, kind: rolesText(namesOf(person, roles), t), icon: IconUser, go: () => void navigate({ to: '/people' }) });
  }
  if (take && matches(t('emergency.take'))) {
    choices.push({ id: 'emergency', name: t('emergency.take'), kind: t('palette.action'), icon: IconLifebuoy, go: take });
  }
  if (matches(t('frame.signOut'))) {
    choices.push({ id: 'out', name: t('frame.signOut'), kind: t('palette.action'), icon: IconLogout, go: () => void signOut() });
  }
  return choices;
}
