import { describe, expect, it, vi } from 'vitest';
import { takeEscape, watchEscape } from './escape';

class KeyDown extends Event {
  readonly key: string;
  readonly isComposing: boolean;

  constructor(key: string, isComposing = false) {
    super('keydown');
    this.key = key;
    this.isComposing = isComposing;
  }
}

describe('the key that closes dialogs', () => {
  const page = new EventTarget();
  watchEscape(page);
  const beneath = vi.fn<() => void>();
  page.addEventListener('keydown', beneath, { capture: true });

  it('closes what lies above, and nothing beneath it', () => {
    const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const ends = [takeEscape(first), takeEscape(second)];
    page.dispatchEvent(new KeyDown('Escape'));
    expect([first, second, beneath].map((each) => each.mock.calls.length)).toEqual([0, 1, 0]);
    ends.forEach((end) => end());
  });

  it('is nobody’s but theirs when nothing lies above', () => {
    beneath.mockReset();
    takeEscape(vi.fn<() => void>())();
    page.dispatchEvent(new KeyDown('Escape'));
    expect(beneath).toHaveBeenCalledTimes(1);
  });

  it('is the only one, and not while a word is put together', () => {
    beneath.mockReset();
    const close = vi.fn<() => void>();
    const end = takeEscape(close);
    page.dispatchEvent(new KeyDown('Enter'));
    page.dispatchEvent(new KeyDown('Escape', true));
    expect(close).not.toHaveBeenCalled();
    expect(beneath).toHaveBeenCalledTimes(2);
    end();
  });
});
