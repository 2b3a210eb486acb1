import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError, ask, nothing, onProofNeeded, type Prover } from './client';

const old = () => new Response(JSON.stringify({ status: 403, key: 'problem.proof-too-old' }), { status: 403 });
const done = () => new Response(null, { status: 204 });

/** An answer that comes when it is told to. */
function late() {
  let come = (_answer: Response): void => {};
  const answer = new Promise<Response>((resolve) => (come = resolve));
  return { answer, come };
}

describe('what needs a fresh proof', () => {
  const fetched = vi.fn<typeof fetch>();
  const prove = vi.fn<Prover['prove']>();
  let person: string | undefined;

  beforeEach(() => {
    vi.stubGlobal('fetch', fetched);
    person = 'olga';
    onProofNeeded({ person: () => person, prove });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    fetched.mockReset();
    prove.mockReset();
  });

  it('is asked again when there is one', async () => {
    fetched.mockResolvedValueOnce(old()).mockResolvedValueOnce(done());
    prove.mockResolvedValueOnce(true);
    await ask('POST', '/people', nothing, { name: 'Kaisa' });
    const sent = fetched.mock.calls.map(([path, how]) => `${String(path)} ${String(how?.body)}`);
    expect(sent).toEqual(['/api/v1/people {"name":"Kaisa"}', '/api/v1/people {"name":"Kaisa"}']);
  });

  it('is refused when nobody gives one', async () => {
    fetched.mockResolvedValueOnce(old());
    prove.mockResolvedValueOnce(false);
    await expect(ask('POST', '/people', nothing, {})).rejects.toThrow(RefusedError);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is not asked a third time', async () => {
    fetched.mockImplementation(() => Promise.resolve(old()));
    prove.mockResolvedValue(true);
    await expect(ask('POST', '/people', nothing, {})).rejects.toThrow(RefusedError);
    expect(prove).toHaveBeenCalledTimes(1);
  });

  it('is asked again without another when its refusal comes after one was given', async () => {
    const { answer, come } = late();
    fetched.mockReturnValueOnce(answer).mockResolvedValueOnce(old()).mockImplementation(() => Promise.resolve(done()));
    prove.mockResolvedValue(true);
    const first = ask('GET', '/audit', nothing);
    await ask('POST', '/people', nothing, {});
    come(old());
    await first;
    expect(prove).toHaveBeenCalledTimes(1);
    expect(fetched).toHaveBeenCalledTimes(4);
  });

  it('is proved by nobody who came in meanwhile', async () => {
    const { answer, come } = late();
    fetched.mockReturnValueOnce(answer);
    const asked = ask('POST', '/people', nothing, {});
    person = 'otto';
    come(old());
    await expect(asked).rejects.toThrow(RefusedError);
    expect(prove).not.toHaveBeenCalled();
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('tells who proves when nobody waits for it any more', async () => {
    const { signal } = new AbortController();
    fetched.mockResolvedValueOnce(old());
    prove.mockResolvedValueOnce(false);
    await expect(ask('GET', '/audit', nothing, undefined, signal)).rejects.toThrow(RefusedError);
    expect(prove).toHaveBeenCalledWith(signal);
  });

  it('is nothing that other refusals ask for', async () => {
    fetched.mockResolvedValueOnce(new Response(JSON.stringify({ status: 404, key: 'problem.right-missing' }), { status: 404 }));
    await expect(ask('GET', '/audit', nothing)).rejects.toThrow(RefusedError);
    expect(prove).not.toHaveBeenCalled();
  });
});
