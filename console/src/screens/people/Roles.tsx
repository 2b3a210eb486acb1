import './people.css';
import { IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ask, nothing } from '../../api/client';
import type { Role } from '../../api/model';
import { peopleQuery, rolesQuery } from '../../api/queries';
import { useAnnounce } from '../../components/Announcer';
import { Confirm } from '../../components/Confirm';
import { SortHeader, useSort, type Sorters } from '../../components/SortHeader';
import { limitsOf } from '../../components/limits';
import { roleText } from '../../components/roles';
import { Empty, Failure, Loading } from '../../components/states';
import { useText } from '../../i18n/language';
import { PeopleTabs } from './PeopleTabs';
import { RoleDialog } from './RoleDialog';

/** What roles there are, in sentences. Those from the beginning stay; those of one's own narrow them. */
export function Roles(): JSX.Element {
  const t = useText();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const roles = useQuery(rolesQuery);
  const { data: people = [] } = useQuery(peopleQuery);
  const [wanted, setWanted] = useState('');
  const [editing, setEditing] = useState<Role | 'new'>();
  const [retiring, setRetiring] = useState<Role>();
  const retire = useMutation({
    mutationFn: (role: Role) => ask('DELETE', `/roles/${role.id}`, nothing),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['roles'] });
      announce(t('roles.retired'));
      setRetiring(undefined);
    },
  });
  const told = (role: Role): string => `${roleText(role, t)} ${t(`role.${role.template}`)} ${limitsOf(role, t).join(' ')}`;
  const holders = (role: Role): number => people.filter((person) => person.roles.some((held) => held.role === role.id)).length;
  const sorters: Sorters<Role> = { name: (role) => roleText(role, t), template: (role) => (role.builtIn ? '' : role.template), holders };
  const sort = useSort(sorters, 'template', t.locale);
  const found = sort.sorted((roles.data ?? []).filter((role) => told(role).toLocaleLowerCase(t.locale).includes(wanted.trim().toLocaleLowerCase(t.locale))));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('screen.people')}</h1>
        <PeopleTabs />
        <label className="search-field end">
          <IconSearch className="i s" aria-hidden="true" />
          <input type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} placeholder={t('roles.find')} aria-label={t('roles.find')} />
        </label>
        <button type="button" className="btn p" onClick={() => setEditing('new')}>
          <IconPlus className="i" aria-hidden="true" />
          {t('roles.add')}
        </button>
      </div>
      <section className="panel fill">
        {roles.isPending && <Loading rows={4} />}
        {roles.error && <Failure fault={roles.error} retry={() => void roles.refetch()} />}
        {roles.data && found.length === 0 && <Empty icon={IconSearch} title={t('list.noMatch', { wanted })} next={t('list.noMatch.next')} />}
        {found.length > 0 && (
          <div className="table-scroll">
            <table>
              <thead>
                <tr>
                  <SortHeader sort={sort} by="name">{t('person.role')}</SortHeader>
                  <SortHeader sort={sort} by="template">{t('roles.template')}</SortHeader>
                  <th scope="col">{t('roles.limits')}</th>
                  <SortHeader sort={sort} by="holders">{t('roles.holders')}</SortHeader>
                  <th scope="col">
                    <span className="vh">{t('roles.acts')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.map((role) => (
                  <tr key={role.id}>
                    <td className="b">{roleText(role, t)}</td>
                    <td className="dim">{role.builtIn ? t('roles.builtIn') : t(`role.${role.template}`)}</td>
                    <td>
                      <Limits role={role} />
                    </td>
                    <td className="num">{t.number(holders(role))}</td>
                    <td>
                      {!role.builtIn && (
                        <span className="row">
                          <button type="button" className="btn s" onClick={() => setEditing(role)}>
                            <IconPencil className="i" aria-hidden="true" />
                            {t('roles.edit')}
                          </button>
                          <button type="button" className="btn x s" onClick={() => setRetiring(role)}>
                            <IconTrash className="i" aria-hidden="true" />
                            {t('roles.retire')}
                          </button>
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {editing && <RoleDialog role={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
      <Confirm
        opened={retiring !== undefined}
        close={() => setRetiring(undefined)}
        title={t('roles.retire.title', { role: retiring ? roleText(retiring, t) : '' })}
        happens={[t('roles.retire.given'), t('roles.retire.kept')]}
        action={t('roles.retire')}
        busy={retire.isPending}
        fault={retire.error}
        run={() => retiring && retire.mutate(retiring)}
      />
    </div>
  );
}

function Limits({ role }: { role: Role }): JSX.Element {
  const t = useText();
  const limits = limitsOf(role, t);
  if (limits.length === 0) return <span className="dim">{t('roles.noLimits')}</span>;
  return (
    <ul className="role-limits">
      {limits.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
