import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaConnection, type ConnectionPartners, type ChannelListener } from './connection';
import { encodeFrame , type Why } from './protocol';
import { frameAt } from './testing';

/** A socket whose other end is the test. */
class FakeSocket extends EventTarget {
  binaryType = 'blob';
  readyState = 1;
  readonly sent: Record<string, unknown>[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  hear(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: data instanceof ArrayBuffer ? data : JSON.stringify(data) }));
  }

  said(type: string): Record<string, unknown>[] {
    return this.sent.filter((message) => message['type'] === type);
  }
}

class Ear implements ChannelListener {
  readonly heard: string[] = [];
  opened(): void {
    this.heard.push('opened');
  }
  message(message: { type: string }): void {
    this.heard.push(message.type);
  }
  frame(frame: { wallTime: number }): void {
    this.heard.push(`frame ${frame.wallTime}`);
  }
  lost(): void {
    this.heard.push('lost');
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('the media connection', () => {
  let sockets: FakeSocket[] = [];
  let tickets = 0;
  let news = 0;
  let emergencies = 0;
  let connection: MediaConnection;
  const clock: [number, number, number][] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    tickets = 0;
    news = 0;
    emergencies = 0;
    connection = new MediaConnection(partners({}));
  });

  function partners(why: Why): ConnectionPartners {
    return {
      openSocket: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      askForTicket: () => {
        tickets += 1;
        return Promise.resolve({ ticket: `ticket ${tickets}`, key: 'key', prove: (nonce: string) => Promise.resolve(`signed ${nonce}`) });
      },
      observeClock: (...measured) => clock.push(measured),
      approvalsChanged: () => {
        news += 1;
      },
      emergenciesChanged: () => {
        emergencies += 1;
      },
      random: () => 1,
      why,
    };
  }

  afterEach(() => {
    connection.close();
    vi.useRealTimers();
  });

  async function greet(socket: FakeSocket | undefined): Promise<void> {
    socket?.hear({ type: 'hello', version: 1, nonce: 'N' });
    await settle();
    socket?.hear({ type: 'opened', serverTime: 1 });
    await settle();
  }

  const last = (): FakeSocket | undefined => sockets.at(-1);

  it('opens with its first channel and proves its key over the nonce', async () => {
    expect(sockets.length).toBe(0);
    const ear = new Ear();
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, ear);
    await settle();
    await greet(last());

    expect(last()?.sent[0]).toEqual({ type: 'open', ticket: 'ticket 1', key: 'key', signature: 'signed N' });
    expect(last()?.said('live')).toEqual([{ type: 'live', channel: 1, camera: 'c', stream: 'wall' }]);
    expect(ear.heard).toEqual(['opened']);
  });

  it('says with each look why it is wanted, and knows when it was not said', async () => {
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    await greet(last());
    expect(connection.reasonWanted).toBeUndefined();
    last()?.hear({ type: 'closed', channel: 1, problem: { key: 'problem.purpose-needed', title: 'no', status: 403 } });
    expect(connection.reasonWanted?.key).toBe('problem.purpose-needed');

    connection.close();
    connection = new MediaConnection(partners({ purpose: 'safety', caseNumber: '117' }));
    connection.open({ type: 'playback', camera: 'c', stream: 'record' }, new Ear());
    await settle();
    await greet(last());

    expect(last()?.said('playback')).toEqual([{ type: 'playback', channel: 1, camera: 'c', stream: 'record', purpose: 'safety', caseNumber: '117' }]);
    expect(connection.reasonWanted).toBeUndefined();
  });

  it('hands each message to its channel and to no other', async () => {
    const [one, other] = [new Ear(), new Ear()];
    connection.open({ type: 'live', camera: 'a', stream: 'wall' }, one);
    connection.open({ type: 'live', camera: 'b', stream: 'wall' }, other);
    await settle();
    await greet(last());
    last()?.hear({ type: 'channel', channel: 2, camera: 'b', stream: 0, mode: 'live' });
    last()?.hear(encodeFrame(frameAt(10, { channel: 2 })));
    last()?.hear(encodeFrame(frameAt(10, { channel: 77 })));

    expect(one.heard).toEqual(['opened']);
    expect(other.heard).toEqual(['opened', 'channel', 'frame 400000']);
  });

  it('comes back by itself with a new ticket and all its channels', async () => {
    const ear = new Ear();
    connection.open({ type: 'playback', camera: 'c', stream: 'record' }, ear);
    await settle();
    await greet(last());
    last()?.close();
    expect(connection.status).toMatchObject({ phase: 'waiting' });
    expect(ear.heard).toEqual(['opened', 'lost']);

    await vi.advanceTimersByTimeAsync(600);
    await greet(last());

    expect(sockets.length).toBe(2);
    expect(last()?.sent[0]).toMatchObject({ ticket: 'ticket 2' });
    expect(ear.heard).toEqual(['opened', 'lost', 'opened']);
  });

  it('waits longer each time that it fails, but never more than half a minute', async () => {
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      last()?.close();
      const { status } = connection;
      if (status.phase === 'waiting') waits.push(status.retryAt - Date.now());
      await vi.advanceTimersByTimeAsync(30_000);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('tells why it was refused', async () => {
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    last()?.hear({ type: 'refused', problem: { detail: 'The ticket is not good.' } });
    last()?.close();
    expect(connection.status).toMatchObject({ phase: 'waiting', problem: { detail: 'The ticket is not good.' } });
  });

  it('starts afresh when a message makes no sense', async () => {
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    await greet(last());
    last()?.hear({ type: 'moon' });
    expect(connection.status.phase).toBe('waiting');
  });

  it('measures the server’s clock by ping', async () => {
    connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    await greet(last());
    const [ping] = last()?.said('ping') ?? [];
    last()?.hear({ type: 'pong', t: ping?.['t'], serverTime: 5 });
    expect(clock.at(-1)?.[0]).toBe(5);
  });

  it('stays open without a channel, and brings news of approvals and of emergencies', async () => {
    connection.keepOpen();
    connection.keepOpen();
    await settle();
    await greet(last());
    expect([tickets, sockets.length, connection.status.phase]).toEqual([1, 1, 'open']);
    const before = news;

    const told = emergencies;

    last()?.hear({ type: 'approvals' });
    expect([news, emergencies]).toEqual([before + 1, told]);
    last()?.hear({ type: 'emergencies' });

    expect([news, emergencies]).toEqual([before + 1, told + 1]);
    expect(connection.status.phase).toBe('open');
  });

  it('asks for what it may have missed whenever it opens', async () => {
    connection.keepOpen();
    await settle();
    expect(news).toBe(0);
    await greet(last());
    expect(news).toBe(1);

    last()?.close();
    expect(news).toBe(1);
    await vi.advanceTimersByTimeAsync(600);
    await greet(last());

    expect(sockets.length).toBe(2);
    expect([news, emergencies]).toEqual([2, 2]);
  });

  it('is not kept open once it was closed', async () => {
    connection.close();
    connection.keepOpen();
    await settle();
    expect(tickets).toBe(0);
  });

  it('says by whose yes a look is opened', async () => {
    connection.open({ type: 'playback', camera: 'c', stream: 'record', approval: 'a' }, new Ear());
    await settle();
    await greet(last());
    expect(last()?.said('playback')).toEqual([{ type: 'playback', channel: 1, camera: 'c', stream: 'record', approval: 'a' }]);
  });

  it('says nothing on a channel that was closed', async () => {
    const channel = connection.open({ type: 'live', camera: 'c', stream: 'wall' }, new Ear());
    await settle();
    await greet(last());
    channel.close();
    channel.send({ type: 'more', seq: 0, credit: 1 });
    expect(last()?.said('close')).toEqual([{ type: 'close', channel: 1 }]);
    expect(last()?.said('more')).toEqual([]);
  });
});
