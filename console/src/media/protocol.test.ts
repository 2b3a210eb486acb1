import { describe, expect, it } from 'vitest';
import { parseInstant } from '../time/instant';
import { MalformedMessageError, decodeFrame, decodeMessage, encodeFrame, encodeMessage } from './protocol';

const frame = {
  channel: 4_294_967_295,
  seq: 65_535,
  key: true,
  damaged: false,
  discontinuity: true,
  notShown: true,
  wallTime: 1_795_312_800_123_456,
  mediaTime: -90_000,
  data: new Uint8Array([0, 0, 0, 1, 0x65]),
};

describe('a binary frame', () => {
  it('comes back as it was written', () => {
    expect(decodeFrame(encodeFrame(frame))).toEqual({ ...frame, cost: 29 });
  });

  it('lies on the wire as docs/api.md draws it', () => {
    const bytes = new Uint8Array(encodeFrame({ ...frame, channel: 1, seq: 2 }));
    expect(Array.from(bytes.slice(0, 8))).toEqual([0, 0, 0, 1, 1, 1 + 4 + 8, 0, 2]);
    expect(Array.from(bytes.slice(24))).toEqual([0, 0, 0, 1, 0x65]);
  });

  it('is refused when it is cut off or of another kind', () => {
    expect(() => decodeFrame(new ArrayBuffer(24))).toThrow(MalformedMessageError);
    const other = encodeFrame(frame);
    new DataView(other).setUint8(4, 9);
    expect(() => decodeFrame(other)).toThrow(/kind 9/);
  });
});

describe('a text message', () => {
  it('is read by its type', () => {
    expect(decodeMessage('{"type":"hello","version":1,"nonce":"AA"}')).toEqual({ type: 'hello', version: 1, nonce: 'AA' });
    const gap = decodeMessage(
      '{"type":"gap","channel":3,"seq":7,"start":"2026-11-22T02:00:00Z","end":"2026-11-22T02:00:05Z","cause":"camera-silent"}',
    );
    expect(gap).toMatchObject({ type: 'gap', channel: 3, start: parseInstant('2026-11-22T02:00:00Z'), cause: 'camera-silent' });
  });

  it('of an unknown type or shape is refused', () => {
    expect(() => decodeMessage('{"type":"constructor"}')).toThrow(MalformedMessageError);
    expect(() => decodeMessage('{"type":"config","channel":1}')).toThrow(/codec/);
    expect(() => decodeMessage('[]')).toThrow();
  });

  it('writes the time of a play in RFC 3339', () => {
    const text = encodeMessage({ type: 'play', channel: 1, seq: 0, from: 1_795_312_800_123_456, direction: -1, frames: 'keys', credit: 1 });
    expect(JSON.parse(text)).toMatchObject({ from: '2026-11-22T02:00:00.123456Z', direction: -1 });
  });
});
