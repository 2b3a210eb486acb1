import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';

export type Sorters<T> = Readonly<Record<string, (item: T) => string | number>>;

export interface Sort<T> {
  readonly by: string;
  readonly down: boolean;
  readonly choose: (by: string) => void;
  readonly sorted: (items: readonly T[]) => readonly T[];
}

export function useSort<T>(sorters: Sorters<T>, first: string, locale: string, downFirst = false): Sort<T> {
  const [{ by, down }, setSort] = useState({ by: first, down: downFirst });
  const keyOf = sorters[by];
  return {
    by,
    down,
    choose: (next) => setSort((last) => ({ by: next, down: last.by === next ? !last.down : false })),
    sorted: (items) => {
      if (!keyOf) return items;
      const turn = down ? -1 : 1;
      return items.toSorted((a, b) => {
        const [one, other] = [keyOf(a), keyOf(b)];
        return turn * (typeof one === 'number' && typeof other === 'number' ? one - other : String(one).localeCompare(String(other), locale, { numeric: true }));
      });
    },
  };
}

export function SortHeader<T>({ sort, by, right = false, children }: { sort: Sort<T>; by: string; right?: boolean; children: ReactNode }): JSX.Element {
  const on = sort.by === by;
  return (
    <th scope="col" className={right ? 'r' : ''} aria-sort={on ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => sort.choose(by)}>
        {children}
        {on && (sort.down ? <IconChevronDown className="i s" aria-hidden="true" /> : <IconChevronUp className="i s" aria-hidden="true" />)}
      </button>
    </th>
  );
}
