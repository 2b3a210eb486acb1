/** The server's own facts grow with its versions; what is not known by name is shown as it is told. */

export interface Fact {
  readonly name: string;
  readonly value: string | number | boolean;
}

export interface Volume {
  readonly name: string;
  readonly health: string | undefined;
  readonly totalBytes: number;
  readonly usableBytes: number;
}

function fieldsOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** One level of plain facts; what is nested is named with its parent. */
export function factsOf(value: unknown): readonly Fact[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [{ name: 'state', value }];
  return fieldsOf(value).flatMap(([name, each]) => {
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') return [{ name, value: each }];
    return fieldsOf(each).flatMap(([inner, nested]) =>
      typeof nested === 'string' || typeof nested === 'number' || typeof nested === 'boolean' ? [{ name: `${name} ${inner}`, value: nested }] : [],
    );
  });
}

export function volumesOf(value: unknown): readonly Volume[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: unknown, index) => {
    const fields = new Map(fieldsOf(each));
    const text = (...names: readonly string[]): string | undefined => names.map((name) => fields.get(name)).find((found) => typeof found === 'string');
    const bytes = (...names: readonly string[]): number => names.map((name) => fields.get(name)).find((found) => typeof found === 'number') ?? 0;
    return {
      name: text('folder', 'name', 'path', 'id') ?? String(index + 1),
      health: text('health', 'state')?.toLowerCase(),
      totalBytes: bytes('totalBytes', 'total'),
      usableBytes: bytes('usableBytes', 'freeBytes', 'usable', 'free'),
    };
  });
}
