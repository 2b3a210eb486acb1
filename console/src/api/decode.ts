import { parseInstant, type Micros } from '../time/instant';

/** Turns what arrived into a checked value, or throws a {@link NotAsPromisedError}. */
export type Decoder<T> = (value: unknown, path: string) => T;

/** What a decoder yields: `type Site = Decoded<typeof site>`. */
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** The server sent something that docs/api.md does not promise. */
export class NotAsPromisedError extends Error {
  constructor(path: string, wanted: string) {
    // The value itself stays out of the message: it may be a name or a secret.
    super(`The server's answer is not as promised: ${path} should be ${wanted}. Reload the console; it may be older than the server.`);
    this.name = 'NotAsPromisedError';
  }
}

export const string: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new NotAsPromisedError(path, 'a text');
  return value;
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new NotAsPromisedError(path, 'a number');
  return value;
};

export const boolean: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new NotAsPromisedError(path, 'true or false');
  return value;
};

export const instant: Decoder<Micros> = (value, path) => {
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at === undefined) throw new NotAsPromisedError(path, 'an RFC 3339 time');
  return at;
};

export function oneOf<const T extends string>(...allowed: readonly T[]): Decoder<T> {
  return (value, path) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new NotAsPromisedError(path, allowed.join(' or '));
    return found;
  };
}

export function listOf<T>(each: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new NotAsPromisedError(path, 'a list');
    return value.map((item: unknown, index) => each(item, `${path}[${index}]`));
  };
}

/** Absent and null are one: nothing. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined || value === null ? undefined : decoder(value, path));
}

export function otherwise<T>(decoder: Decoder<T>, fallback: T): Decoder<T> {
  return (value, path) => (value === undefined || value === null ? fallback : decoder(value, path));
}

export function either<A, B>(first: Decoder<A>, second: Decoder<B>): Decoder<A | B> {
  return (value, path) => {
    try {
      return first(value, path);
    } catch {
      return second(value, path);
    }
  };
}

export function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAsPromisedError(path, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

/** Fields that are not named are let go: a newer server may say more. */
export function object<T extends Readonly<Record<string, Decoder<unknown>>>>(
  shape: T,
): Decoder<{ [K in keyof T]: Decoded<T[K]> }> {
  return (value, path) => {
    const fields = fieldsOf(value, path);
    const entries = Object.entries(shape).map(([name, decoder]) => [name, decoder(fields[name], `${path}.${name}`)]);
    // Object.entries forgets the keys' types; the shape is where they come from.
    return Object.fromEntries(entries) as { [K in keyof T]: Decoded<T[K]> };
  };
}
