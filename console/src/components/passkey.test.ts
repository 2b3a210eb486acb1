import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url, troubleOf } from './passkey';

describe('the bytes of a passkey', () => {
  it('travel in base64url without padding and come back', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    for (const length of [0, 1, 2, 3, 255, 256]) {
      const text = toBase64url(bytes.slice(0, length).buffer);
      expect(text).toMatch(/^[\w-]*$/);
      expect(new Uint8Array(fromBase64url(text))).toEqual(bytes.slice(0, length));
    }
    expect(toBase64url(Uint8Array.of(251, 255, 254).buffer)).toBe('-__-');
  });
});

describe('what came between a person and their authenticator', () => {
  it('is told by the names that WebAuthn gives it', () => {
    expect(troubleOf(new DOMException('', 'NotAllowedError'))).toBe('cancelled');
    expect(troubleOf(new DOMException('', 'InvalidStateError'))).toBe('known');
    expect(troubleOf(new DOMException('', 'SecurityError'))).toBe('address');
    expect(troubleOf(new DOMException('', 'DataError'))).toBe('broken');
    expect(troubleOf(new Error('other'))).toBe('broken');
  });
});
