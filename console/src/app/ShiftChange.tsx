import { Modal } from '@mantine/core';
import type { JSX } from 'react';
import type { Me } from '../api/model';
import { useText } from '../i18n/language';
import { SignInWays } from '../screens/sign-in/SignInWays';

/** The next person takes over this workstation: the pictures run on until they are in, and nobody has to look for the page again. */
export function ShiftChange({ me, opened, close }: { me: Me; opened: boolean; close: () => void }): JSX.Element {
  const t = useText();
  return (
    <Modal opened={opened} onClose={close} title={t('frame.shift')} lockScroll={false} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="col gap">
        <p className="dim">{t('frame.shift.how', { name: me.person.name })}</p>
        {/* Everything on the page was read by whoever was here before: it is read anew. */}
        <SignInWays enter={() => window.location.reload()} />
      </div>
    </Modal>
  );
}
