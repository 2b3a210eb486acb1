import { IconPlugConnectedX, type Icon } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { RefusedError, UnreachableError } from '../api/client';
import type { Problem } from '../api/model';
import { useText } from '../i18n/language';
import type { Text } from '../i18n/catalogue';
import { PasskeyError } from './passkey';

/** What a list shows before, instead of and after its rows. */

export function Loading({ rows = 3 }: { rows?: number }): JSX.Element {
  const t = useText();
  return (
    <div className="skeletons" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={`skel w${row % 3}`} />
      ))}
    </div>
  );
}

export function Empty(props: { icon: Icon; title: string; next: string; children?: ReactNode }): JSX.Element {
  return (
    <div className="empty">
      <props.icon className="i l" aria-hidden="true" />
      <b>{props.title}</b>
      <p className="dim">{props.next}</p>
      {props.children}
    </div>
  );
}

/** What happened, why, and the next step, in words. */
export function explain(fault: unknown, t: Text): { what: string; next: string } {
  if (fault instanceof UnreachableError) return { what: t('fault.unreachable'), next: t('fault.unreachable.next') };
  if (fault instanceof PasskeyError) return { what: t(`passkey.${fault.trouble}`), next: t(`passkey.${fault.trouble}.next`) };
  if (fault instanceof RefusedError) return problemText(fault.problem, fault.status, t);
  return { what: fault instanceof Error ? fault.message : String(fault), next: t('fault.other.next') };
}

export function problemText(problem: Problem, status: number, t: Text): { what: string; next: string } {
  const { key, detail, title, next } = problem;
  const known = key === undefined ? undefined : translated(key, t);
  if (known) return known;
  return {
    what: detail ?? title ?? t('fault.refused', { status }),
    next: next ?? (status >= 500 ? t('fault.server.next') : t('fault.refused.next')),
  };
}

/** The server tells English; what the catalogue knows by key is told in the reader's language. */
function translated(key: string, t: Text): { what: string; next: string } | undefined {
  if (t.language === 'en') return undefined;
  const what = t.word('problem', key.replace(/^problem\./, ''));
  const next = t.word(`${key}`, 'next');
  return what === key.replace(/^problem\./, '') ? undefined : { what, next };
}

/** What is wrong with one field of what was sent. */
export function faultText(error: unknown, field: string, t: Text): string | undefined {
  const fault = error instanceof RefusedError ? error.faultOf(field) : undefined;
  if (!fault) return undefined;
  return (fault.key !== undefined && t.told(`wrong.${fault.key}`, fault.values)) || (fault.detail ?? fault.key);
}

export function Failure({ fault, retry }: { fault: unknown; retry?: () => void }): JSX.Element {
  const t = useText();
  const { what, next } = explain(fault, t);
  return (
    <div className="failure" role="alert">
      <IconPlugConnectedX className="i l c-gap" aria-hidden="true" />
      <div className="grow">
        <b>{what}</b>
        <p className="dim sm">{next}</p>
      </div>
      {retry && (
        <button type="button" className="btn" onClick={retry}>
          {t('action.again')}
        </button>
      )}
    </div>
  );
}
