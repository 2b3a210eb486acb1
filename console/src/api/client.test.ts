import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError, ask, nothing, onProofNeeded } from './client';

const old = () => new Response(JSON.stringify({ status: 403, key: 'problem.proof-too-old' }), { status: 403 });
const done = () => new Response(null, { status: 204 });

describe('what needs a fresh proof', () => {
  const fetched = vi.fn<typeof fetch>();
  const prove = vi.fn<() => Promise<boolean>>();

  beforeEach(() => {
    vi.stubGlobal('fetch', fetched);
    onProofNeeded(prove);
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

  it('is nothing that other refusals ask for', async () => {
    fetched.mockResolvedValueOnce(new Response(JSON.stringify({ status: 404, key: 'problem.right-missing' }), { status: 404 }));
    await expect(ask('GET', '/audit', nothing)).rejects.toThrow(RefusedError);
    expect(prove).not.toHaveBeenCalled();
  });
});
