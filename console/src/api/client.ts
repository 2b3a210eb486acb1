import { NotAsPromisedError, type Decoder } from './decode';
import { problem, type Fault, type Problem } from './model';

/** The server refused, or could not be asked. `problem` is what a person is told. */
export class RefusedError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, told: Problem) {
    super(told.detail ?? told.title ?? `The server answered ${status}.`);
    this.name = 'RefusedError';
    this.status = status;
    this.problem = told;
  }

  faultOf(field: string): Fault | undefined {
    return this.problem.faults.find((each) => each.field === field);
  }
}

/** The server gave no answer at all. */
export class UnreachableError extends Error {
  constructor() {
    super('The server did not answer.');
    this.name = 'UnreachableError';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let signedOut = (_told: Problem): void => {};

/** Called whenever the server says that nobody is signed in any more. */
export function onSignedOut(listener: (told: Problem) => void): void {
  signedOut = listener;
}

/** Where somebody proves anew who they are. */
export interface Prover {
  /** Who is signed in, as far as this page knows. */
  readonly person: () => string | undefined;
  /** Says whether there is a proof now. Whoever aborts waits for none. */
  readonly prove: (signal: AbortSignal | undefined) => Promise<boolean>;
}

let prover: Prover = { person: () => undefined, prove: () => Promise.resolve(false) };
let proofs = 0;

/** Asked when the server first wants a fresh proof of who somebody is. */
export function onProofNeeded(asked: Prover): void {
  prover = asked;
}

/** Asks the server one thing and checks the answer. What needs a fresh proof is asked again when there is one. */
export async function ask<T>(method: Method, path: string, decoder: Decoder<T>, body?: unknown, signal?: AbortSignal): Promise<T> {
  const [person, before] = [prover.person(), proofs];
  try {
    return await askOnce(method, path, decoder, body, signal);
  } catch (fault) {
    const isOld = fault instanceof RefusedError && fault.problem.key === 'problem.proof-too-old';
    // Nobody proves who they are for what somebody before them asked.
    if (!isOld || person !== prover.person() || !(await provedSince(before, signal))) throw fault;
    return askOnce(method, path, decoder, body, signal);
  }
}

/** A refusal may come late, after a proof was given: that one is good enough. */
async function provedSince(before: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (proofs > before) return true;
  const isProved = await prover.prove(signal);
  if (isProved) proofs += 1;
  return isProved;
}

async function askOnce<T>(method: Method, path: string, decoder: Decoder<T>, body: unknown, signal: AbortSignal | undefined): Promise<T> {
  const response = await send(method, path, body, signal);
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, text, path);
  return decoder(text === '' ? undefined : parsed(text), path);
}

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      headers: body === undefined ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UnreachableError();
  }
}

function refusal(status: number, text: string, path: string): RefusedError {
  const told = toldIn(status, text, path);
  if (status === 401 && !path.startsWith('/sign-in') && !path.startsWith('/enrolments')) signedOut(told);
  return new RefusedError(status, told);
}

function toldIn(status: number, text: string, path: string): Problem {
  try {
    return problem(parsed(text), path);
  } catch {
    return { status, faults: [], type: undefined, title: undefined, detail: undefined, next: undefined, key: undefined };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NotAsPromisedError('the answer', 'JSON');
  }
}

export const nothing: Decoder<void> = () => undefined;

/** Path and query, with what is undefined left out and lists repeated. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) search.append(name, each);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
