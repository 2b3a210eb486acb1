import { boolean, fieldsOf, instant, number, object, oneOf, optional, otherwise, string, type Decoded } from '../api/decode';
import { problem, state, type Purpose } from '../api/model';
import { formatInstant, type Micros } from '../time/instant';

/** The media WebSocket, version 1, word for word as in docs/api.md. No state here. */

const FRAME = 1;
const HEADER_BYTES = 24;
const KEY = 1;
const DAMAGED = 2;
const DISCONTINUITY = 4;
const NOT_SHOWN = 8;

/** One access unit in Annex B, as the recorder kept it. */
export interface EncodedFrame {
  readonly channel: number;
  readonly seq: number;
  readonly key: boolean;
  readonly damaged: boolean;
  readonly discontinuity: boolean;
  readonly notShown: boolean;
  /** The recorder's clock, microseconds since 1970. */
  readonly wallTime: Micros;
  /** The camera's clock in presentation order, 90 kHz ticks. */
  readonly mediaTime: number;
  readonly data: Uint8Array;
  /** Bytes of the whole message: what it costs of the credit. */
  readonly cost: number;
}

export class MalformedMessageError extends Error {
  constructor(what: string) {
    super(`The media connection carried a message that docs/api.md does not know: ${what}.`);
    this.name = 'MalformedMessageError';
  }
}

export function decodeFrame(message: ArrayBuffer): EncodedFrame {
  if (message.byteLength <= HEADER_BYTES) throw new MalformedMessageError(`a frame of ${message.byteLength} bytes`);
  const view = new DataView(message);
  const kind = view.getUint8(4);
  if (kind !== FRAME) throw new MalformedMessageError(`a binary message of kind ${kind}`);
  const flags = view.getUint8(5);
  return {
    channel: view.getUint32(0),
    key: (flags & KEY) !== 0,
    damaged: (flags & DAMAGED) !== 0,
    discontinuity: (flags & DISCONTINUITY) !== 0,
    notShown: (flags & NOT_SHOWN) !== 0,
    seq: view.getUint16(6),
    wallTime: Number(view.getBigInt64(8)),
    mediaTime: Number(view.getBigInt64(16)),
    data: new Uint8Array(message, HEADER_BYTES),
    cost: message.byteLength,
  };
}

/** The other way, for tests and for the server that tests talk to. */
export function encodeFrame(frame: Omit<EncodedFrame, 'cost'>): ArrayBuffer {
  const message = new ArrayBuffer(HEADER_BYTES + frame.data.byteLength);
  const view = new DataView(message);
  view.setUint32(0, frame.channel);
  view.setUint8(4, FRAME);
  view.setUint8(
    5,
    (frame.key ? KEY : 0) | (frame.damaged ? DAMAGED : 0) | (frame.discontinuity ? DISCONTINUITY : 0) | (frame.notShown ? NOT_SHOWN : 0),
  );
  view.setUint16(6, frame.seq);
  view.setBigInt64(8, BigInt(frame.wallTime));
  view.setBigInt64(16, BigInt(frame.mediaTime));
  new Uint8Array(message, HEADER_BYTES).set(frame.data);
  return message;
}

const shapes = {
  hello: object({ version: number, nonce: string }),
  opened: object({ serverTime: number }),
  refused: object({ problem }),
  channel: object({ channel: number, camera: string, stream: optional(number), mode: oneOf('live', 'playback') }),
  config: object({ channel: number, codec: string, width: optional(number), height: optional(number) }),
  state: object({ channel: number, state }),
  gap: object({ channel: number, seq: number, start: instant, end: instant, cause: string, askable: otherwise(boolean, false) }),
  end: object({ channel: number, seq: number }),
  skipped: object({ channel: number, frames: number }),
  closed: object({ channel: number, problem: optional(problem) }),
  approvals: object({}),
  emergencies: object({}),
  pong: object({ t: number, serverTime: number }),
} as const;

type Shapes = typeof shapes;
type Kind = keyof Shapes;
export type ServerMessage = { [K in Kind]: { type: K } & Decoded<Shapes[K]> }[Kind];
export type ChannelMessage = Extract<ServerMessage, { channel: number }>;

function isKind(type: unknown): type is Kind {
  return typeof type === 'string' && Object.hasOwn(shapes, type);
}

export function decodeMessage(text: string): ServerMessage {
  const value: unknown = JSON.parse(text);
  const { type } = fieldsOf(value, 'message');
  if (!isKind(type)) throw new MalformedMessageError('an unknown type');
  // One shape per type: the pair below is a ServerMessage by construction.
  return { type, ...shapes[type](value, type) } as ServerMessage;
}

export type Direction = 1 | -1;
export type Frames = 'all' | 'keys';

/** Why somebody looks, where their role asks. */
export interface Why {
  readonly purpose?: Purpose;
  readonly caseNumber?: string;
}

export type ClientMessage =
  | { type: 'open'; ticket: string; key: string; signature: string }
  | ({ type: 'live'; channel: number; camera: string; stream: 'record' | 'wall' } & Why)
  | ({ type: 'playback'; channel: number; camera: string; stream: 'record'; approval?: string } & Why)
  | { type: 'play'; channel: number; seq: number; from: Micros; direction: Direction; frames: Frames; credit: number }
  | { type: 'more'; channel: number; seq: number; credit: number }
  | { type: 'close'; channel: number }
  | { type: 'ping'; t: number };

export function encodeMessage(message: ClientMessage): string {
  return JSON.stringify(message.type === 'play' ? { ...message, from: formatInstant(message.from) } : message);
}

export const HELLO_VERSION = 1;
