import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useText } from '../i18n/language';
import { useAnnounce } from './Announcer';

export function CopyButton({ text, label }: { text: string; label?: string }): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('copy.done'));
  };
  return (
    <button type="button" className={label ? 'btn s' : 'btn s ic'} title={t('copy.action')} aria-label={label ?? t('copy.action')} onClick={() => void copy()}>
      {copied ? <IconCheck className="i c-live" aria-hidden="true" /> : <IconCopy className="i" aria-hidden="true" />}
      {label}
    </button>
  );
}
