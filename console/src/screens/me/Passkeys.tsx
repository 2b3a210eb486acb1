import { IconFingerprint, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import { itemsOf, passkey, type Passkey } from '../../api/model';
import { AddPasskey } from '../../components/AddPasskey';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { NameDialog } from '../../components/NameDialog';
import { Time } from '../../components/Time';
import { passkeysHere } from '../../components/passkey';
import { Empty, Failure, Loading, faultText } from '../../components/states';
import { useText } from '../../i18n/language';

/** By what whoever looks signs in without a password. */
export function Passkeys(): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const passkeys = useQuery({ queryKey: ['mine', 'passkeys'], queryFn: async ({ signal }) => (await ask('GET', '/me/passkeys', itemsOf(passkey), undefined, signal)).items });
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey>();
  const [removing, setRemoving] = useState<Passkey>();
  return (
    <section className="panel">
      <header>
        <h2>{t('mine.passkeys')}</h2>
        {passkeysHere() && (
          <button type="button" className="btn end" onClick={() => setAdding(true)}>
            <IconPlus className="i" aria-hidden="true" />
            {t('passkey.add')}
          </button>
        )}
      </header>
      {!passkeysHere() && <p className="note warn">{t('passkey.nowhere')}</p>}
      {passkeys.isPending && <Loading rows={2} />}
      {passkeys.error && <Failure fault={passkeys.error} retry={() => void passkeys.refetch()} />}
      {passkeys.data?.length === 0 && <Empty icon={IconFingerprint} title={t('mine.noPasskeys')} next={t('mine.noPasskeys.next')} />}
      {passkeys.data && passkeys.data.length > 0 && (
        <ul className="mine-sessions">
          {passkeys.data.map((each) => (
            <li key={each.id} className="row wrap">
              <span className="grow">
                <b>{each.name}</b> {each.backedUp && <span className="chip line">{t('passkey.backedUp')}</span>}
                <span className="block dim sm">
                  {t('passkey.made')} <Time at={each.madeAt} />, {each.lastUsedAt === undefined ? t('passkey.unused') : t('passkey.used')} {each.lastUsedAt !== undefined && <Time at={each.lastUsedAt} />}
                </span>
              </span>
              <button type="button" className="btn" aria-label={t('passkey.rename.of', { name: each.name })} onClick={() => setRenaming(each)}>
                {t('passkey.rename')}
              </button>
              <button type="button" className="btn x" aria-label={t('passkey.remove.of', { name: each.name })} onClick={() => setRemoving(each)}>
                {t('passkey.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddPasskey
        opened={adding}
        close={() => setAdding(false)}
        added={(done) => {
          setAdding(false);
          announce(t('passkey.added', { name: done.name }));
        }}
      />
      {renaming && <Rename passkey={renaming} close={() => setRenaming(undefined)} />}
      {removing && <Remove passkey={removing} close={() => setRemoving(undefined)} />}
    </section>
  );
}

function Rename({ passkey: which, close }: { passkey: Passkey; close: () => void }): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: (name: string) => ask('PATCH', `/me/passkeys/${which.id}`, passkey, { name }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mine', 'passkeys'] });
      close();
    },
  });
  const error = faultText(rename.error, 'name', t) ?? rename.error?.message;
  return <NameDialog opened title={t('passkey.rename.of', { name: which.name })} label={t('passkey.name')} action={t('action.save')} busy={rename.isPending} error={error} close={close} done={(name) => rename.mutate(name)} />;
}

function Remove({ passkey: which, close }: { passkey: Passkey; close: () => void }): JSX.Element {
  const t = useText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/me/passkeys/${which.id}`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mine'] });
      close();
    },
  });
  return (
    <Confirm
      opened
      title={t('passkey.remove.of', { name: which.name })}
      happens={[t('passkey.remove.opens'), t('passkey.remove.sessions'), t('passkey.remove.device')]}
      action={t('passkey.remove')}
      busy={remove.isPending}
      fault={remove.error}
      close={close}
      run={() => remove.mutate()}
    />
  );
}
