import { Modal } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask } from '../../api/client';
import { freshCodes, recoveryCodes } from '../../api/model';
import { useMe } from '../../api/queries';
import { Confirm } from '../../components/Confirm';
import { CopyButton } from '../../components/CopyButton';
import { Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';

/** Codes on paper, for when the authenticator is lost. Of no use to whoever has no password. */
export function RecoveryCodes(): JSX.Element | null {
  const t = useText();
  const queries = useQueryClient();
  const left = useQuery({ queryKey: ['mine', 'recovery'], queryFn: ({ signal }) => ask('GET', '/me/recovery-codes', recoveryCodes, undefined, signal) });
  const [asking, setAsking] = useState(false);
  const make = useMutation({
    mutationFn: () => ask('POST', '/me/recovery-codes', freshCodes),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ['mine', 'recovery'] });
    },
  });
  if (left.data && !left.data.useful) return null;
  const count = left.data?.left ?? 0;
  return (
    <section className="panel">
      <header>
        <h2>{t('mine.recovery')}</h2>
        {left.data && (
          <button type="button" className="btn end" disabled={make.isPending} onClick={() => (count > 0 ? setAsking(true) : make.mutate())}>
            {t('recovery.make')}
          </button>
        )}
      </header>
      {left.isPending && <Loading rows={1} />}
      {left.error && <Failure fault={left.error} retry={() => void left.refetch()} />}
      {left.data && (
        <p className="recovery-left">
          <b className={count === 0 ? 'c-warn' : undefined}>{t.count('recovery.left', count)}</b>
          <span className="block dim sm">{t('recovery.how')}</span>
        </p>
      )}
      {!asking && make.error && <Failure fault={make.error} />}
      <Confirm
        opened={asking}
        title={t('recovery.make')}
        happens={[t('recovery.make.shown'), t('recovery.make.old')]}
        action={t('recovery.make')}
        busy={make.isPending}
        fault={make.error}
        close={() => {
          setAsking(false);
          make.reset();
        }}
        run={() => make.mutate()}
      />
      <Shown codes={make.data?.codes} close={make.reset} />
    </section>
  );
}

/** Shown once: they are kept nowhere, not even here. */
function Shown({ codes, close }: { codes: readonly string[] | undefined; close: () => void }): JSX.Element {
  const t = useText();
  const me = useMe();
  return (
    <Modal opened={codes !== undefined} onClose={close} title={t('mine.recovery')} lockScroll={false} size={480} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {codes && (
        <div className="col gap">
          <p className="note warn">{t('recovery.once')}</p>
          <div className="printed">
            <p className="print-only">{t('recovery.print', { name: me.person.name, address: window.location.host })}</p>
            <ol className="recovery-codes mono">
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ol>
          </div>
          <div className="row">
            <CopyButton text={codes.join('\n')} label={t('copy.action')} />
            <button type="button" className="btn s" onClick={() => window.print()}>
              <IconPrinter className="i" aria-hidden="true" />
              {t('recovery.paper')}
            </button>
          </div>
          <div className="dialog-foot">
            <button type="button" className="btn p" onClick={close}>
              {t('recovery.kept')}
            </button>
          </div>
        </div>
      )}
    </Modal>
  );
}
