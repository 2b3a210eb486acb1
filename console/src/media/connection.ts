import type { Problem } from '../api/model';
import type { Micros } from '../time/instant';
import { HELLO_VERSION, decodeFrame, decodeMessage, encodeMessage, type ChannelMessage, type ClientMessage, type EncodedFrame, type ServerMessage, type Why } from './protocol';
import type { Ticket } from './ticket';

/** What a channel hears. After `lost` the connection comes back by itself and says `opened` again. */
export interface ChannelListener {
  opened(): void;
  message(message: ChannelMessage): void;
  frame(frame: EncodedFrame): void;
  lost(): void;
}

export interface Channel {
  readonly number: number;
  send(message: ChannelOrder): void;
  close(): void;
}

/** What is said on a channel, without its number. */
export type ChannelOrder = OmitChannel<Extract<ClientMessage, { type: 'play' | 'more' }>>;
type OmitChannel<M> = M extends ClientMessage ? Omit<M, 'channel'> : never;

export type ChannelRequest = { type: 'live'; camera: string; stream: 'record' | 'wall' } | { type: 'playback'; camera: string; stream: 'record'; approval?: string };

export type ConnectionStatus =
  | { readonly phase: 'idle' | 'connecting' | 'open' }
  | { readonly phase: 'waiting'; readonly retryAt: number; readonly problem: Problem | undefined };

export interface ConnectionPartners {
  readonly openSocket: () => WebSocket;
  readonly askForTicket: () => Promise<Ticket>;
  /** Hears of each measurement of the server's clock: its time, and when it was asked and answered by ours. */
  readonly observeClock: (serverTime: Micros, sentMillis: number, receivedMillis: number) => void;
  /** Requests for approval may have changed: the server said so, or nobody could be told for a while. */
  readonly approvalsChanged: () => void;
  /** Something was taken in an emergency, has ended or was reviewed: as above. */
  readonly emergenciesChanged: () => void;
  readonly random: () => number;
  /** Said with every look that is opened; absent while nothing was asked. */
  readonly why: Why;
}

const PING_MILLIS = 5_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 30_000;

const REASONS_WANTED: ReadonlySet<string> = new Set(['problem.purpose-needed', 'problem.case-needed']);

interface Line {
  readonly request: ChannelRequest;
  readonly listener: ChannelListener;
}

/**
 * The one WebSocket of this browser, carrying all its channels (docs/api.md, the media WebSocket).
 *
 * It opens with the first channel, or when it shall bring news. When it breaks it asks for a new ticket with a new key and opens every
 * channel again, after 0.5 s, then doubling to 30 s, each wait shortened at random so that a hundred
 * consoles do not come back in the same instant.
 */
export class MediaConnection {
  private readonly partners: ConnectionPartners;
  private readonly lines = new Map<number, Line>();
  private readonly watchers = new Set<() => void>();
  private socket: WebSocket | undefined;
  private ticket: Ticket | undefined;
  private lastChannel = 0;
  private failures = 0;
  private told: Problem | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pings: ReturnType<typeof setInterval> | undefined;
  private current: ConnectionStatus = { phase: 'idle' };
  private closed = false;
  private missing: Problem | undefined;

  constructor(partners: ConnectionPartners) {
    this.partners = partners;
  }

  get status(): ConnectionStatus {
    return this.current;
  }

  /** Why a look was refused that would have been granted with a reason. */
  get reasonWanted(): Problem | undefined {
    return this.missing;
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Stays open without a channel: the server tells what concerns whoever is signed in. */
  keepOpen(): void {
    if (this.current.phase === 'idle' && !this.closed) void this.connect();
  }

  open(request: ChannelRequest, listener: ChannelListener): Channel {
    // A number is used once: what still arrives for a closed channel finds nobody.
    const number = (this.lastChannel += 1);
    this.lines.set(number, { request, listener });
    // Not at once: the listener is still being made.
    if (this.current.phase === 'open') queueMicrotask(() => this.begin(number));
    else if (this.current.phase === 'idle') void this.connect();
    return {
      number,
      send: (order) => this.lines.has(number) && this.send({ ...order, channel: number }),
      close: () => {
        if (this.lines.delete(number)) this.send({ type: 'close', channel: number });
      },
    };
  }

  /** Tries at once, for a person who does not want to wait. */
  retryNow(): void {
    if (this.current.phase === 'waiting') void this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.pings);
    this.lines.clear();
    this.socket?.close(1000);
    this.socket = undefined;
    this.become({ phase: 'idle' });
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    this.become({ phase: 'connecting' });
    try {
      this.ticket = await this.partners.askForTicket();
    } catch {
      this.broken();
      return;
    }
    if (this.closed) return;
    const socket = this.partners.openSocket();
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.addEventListener('message', (event: MessageEvent<unknown>) => this.hear(socket, event.data));
    socket.addEventListener('close', () => {
      if (this.socket === socket) this.broken();
    });
  }

  private hear(socket: WebSocket, data: unknown): void {
    if (this.socket !== socket) return;
    try {
      if (data instanceof ArrayBuffer) {
        const frame = decodeFrame(data);
        this.lines.get(frame.channel)?.listener.frame(frame);
      } else if (typeof data === 'string') {
        this.answer(socket, decodeMessage(data));
      }
    } catch {
      // A server that talks another language: a fresh connection is the only thing left to try.
      socket.close(4000, 'malformed message');
    }
  }

  private answer(socket: WebSocket, message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        void this.introduce(socket, message.version, message.nonce);
        break;
      case 'opened':
        this.opened();
        break;
      case 'refused':
        this.told = message.problem;
        break;
      case 'approvals':
        this.partners.approvalsChanged();
        break;
      case 'emergencies':
        this.partners.emergenciesChanged();
        break;
      case 'pong':
        this.partners.observeClock(message.serverTime, message.t, Date.now());
        break;
      default: {
        const line = this.lines.get(message.channel);
        if (message.type === 'closed') this.ended(message.channel, message.problem);
        line?.listener.message(message);
      }
    }
  }

  private ended(channel: number, problem: Problem | undefined): void {
    this.lines.delete(channel);
    if (problem?.key === undefined || !REASONS_WANTED.has(problem.key)) return;
    this.missing = problem;
    this.become(this.current);
  }

  private async introduce(socket: WebSocket, version: number, nonce: string): Promise<void> {
    const { ticket } = this;
    this.ticket = undefined;
    if (!ticket || version !== HELLO_VERSION) {
      socket.close(4001, 'another version');
      return;
    }
    const signature = await ticket.prove(nonce);
    if (this.socket === socket) this.send({ type: 'open', ticket: ticket.ticket, key: ticket.key, signature });
  }

  private opened(): void {
    this.failures = 0;
    this.told = undefined;
    this.become({ phase: 'open' });
    this.partners.approvalsChanged();
    this.partners.emergenciesChanged();
    this.ping();
    this.pings = setInterval(() => this.ping(), PING_MILLIS);
    for (const number of this.lines.keys()) this.begin(number);
  }

  private begin(number: number): void {
    const line = this.lines.get(number);
    if (!line || this.current.phase !== 'open') return;
    this.send({ ...line.request, ...this.partners.why, channel: number });
    line.listener.opened();
  }

  private broken(): void {
    clearInterval(this.pings);
    this.socket = undefined;
    if (this.closed) return;
    const longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.failures);
    const wait = longest * (0.5 + this.partners.random() / 2);
    this.failures += 1;
    this.become({ phase: 'waiting', retryAt: Date.now() + wait, problem: this.told });
    this.retry = setTimeout(() => void this.connect(), wait);
    for (const line of this.lines.values()) line.listener.lost();
  }

  private ping(): void {
    this.send({ type: 'ping', t: Date.now() });
  }

  private send(message: ClientMessage): void {
    if (this.socket?.readyState === 1 /* OPEN */) this.socket.send(encodeMessage(message));
  }

  private become(status: ConnectionStatus): void {
    this.current = status;
    for (const watcher of this.watchers) watcher();
  }
}
