import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProveTogether } from './prove-together';

describe('those who wait for a proof', () => {
  const changed = vi.fn<(isAsked: boolean) => void>();
  let together: ProveTogether;

  beforeEach(() => {
    changed.mockReset();
    together = new ProveTogether(changed);
  });

  it('have the same answer', async () => {
    const answers = Promise.all([together.wait(undefined), together.wait(undefined)]);
    expect(changed).toHaveBeenLastCalledWith(true);
    together.end(true);
    expect(await answers).toEqual([true, true]);
    expect(changed).toHaveBeenLastCalledWith(false);
  });

  it('wait no longer than they are there, and the last one ends the asking', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const answers = [together.wait(one.signal), together.wait(other.signal)];
    one.abort();
    expect(await answers[0]).toBe(false);
    expect(changed).toHaveBeenLastCalledWith(true);
    other.abort();
    expect(await answers[1]).toBe(false);
    expect(changed).toHaveBeenLastCalledWith(false);
  });

  it('are none of those who were gone before', async () => {
    expect(await together.wait(AbortSignal.abort())).toBe(false);
    expect(changed).not.toHaveBeenCalled();
  });

  it('wait for nobody but who was there', async () => {
    together.signedIn('olga');
    const answer = together.wait(undefined);
    together.signedIn('olga');
    expect(changed).toHaveBeenLastCalledWith(true);
    together.signedIn(undefined);
    expect(await answer).toBe(false);
    expect(changed).toHaveBeenLastCalledWith(false);
  });

  it('are answered once', async () => {
    const gone = new AbortController();
    const answer = together.wait(gone.signal);
    together.end(true);
    changed.mockReset();
    gone.abort();
    together.end(false);
    expect(await answer).toBe(true);
    expect(changed).not.toHaveBeenCalled();
  });
});
