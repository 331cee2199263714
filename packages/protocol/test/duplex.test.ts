import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer, WebSocket as WsSocket } from 'ws';
import type { Duplex } from '../src/channel/duplex.js';
import { openChannel } from '../src/channel/open-channel.js';
import { memoryDuplexPair } from '../src/duplex/memory-duplex.js';
import { messagePortDuplex } from '../src/duplex/message-port-duplex.js';
import { webSocketDuplex } from '../src/duplex/web-socket-duplex.js';
import {
  MAX_MESSAGE_BYTES,
  SEND_HIGH_WATER_BYTES,
  RECEIVE_QUEUE_MAX_BYTES,
  UNREAD_MAX_BYTES,
} from '../src/limits.js';
import { clientOptions, nextOf, serverOptions } from './open-pair.js';

type Pair = readonly [Duplex, Duplex];

const toEnd: (() => void)[] = [];
afterEach(() => {
  for (const end of toEnd.splice(0)) end();
});

interface Listening {
  readonly url: string;
  readonly accepted: Promise<WsSocket>;
}

async function listen(): Promise<Listening> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  const accepted = once(server, 'connection').then(([socket]) => socket as WsSocket);
  await once(server, 'listening');
  toEnd.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}

async function wsPair(): Promise<Pair> {
  const { url, accepted } = await listen();
  const client = webSocketDuplex(new WsSocket(url, { perMessageDeflate: false }));
  return [client, webSocketDuplex(await accepted)];
}

/** The WebSocket that browsers have, and Node too. */
async function webSocketPair(): Promise<Pair> {
  const { url, accepted } = await listen();
  const client = webSocketDuplex(new WebSocket(url));
  return [client, webSocketDuplex(await accepted)];
}

async function portPair(): Promise<Pair> {
  const { port1, port2 } = new MessageChannel();
  return [messagePortDuplex(port1), messagePortDuplex(port2)];
}

const kinds: Record<string, () => Promise<Pair>> = {
  'sockets of ws': wsPair,
  'a WebSocket and one of ws': webSocketPair,
  'message ports': portPair,
  memory: async () => memoryDuplexPair(),
};

async function read(duplex: Duplex, count: number): Promise<readonly Uint8Array[]> {
  const reader = duplex.messages[Symbol.asyncIterator]();
  const messages: Uint8Array[] = [];
  while (messages.length < count) {
    const { value, done } = await reader.next();
    if (done === true) break;
    messages.push(value);
  }
  return messages;
}

describe.each(Object.keys(kinds))('over %s', (kind) => {
  const open = kinds[kind] ?? portPair;

  test('a channel opens, talks both ways and closes', async () => {
    const [a, b] = await open();
    const [client, server] = await Promise.all([
      openChannel(a, clientOptions()),
      openChannel(b, serverOptions()),
    ]);
    const text = new Uint8Array(65_523).fill(7);
    await client.send(32, text);
    expect(await nextOf(server)).toMatchObject({ kind: 32, body: text });
    await server.send(33, text.subarray(0, 3));
    expect(await nextOf(client)).toMatchObject({ kind: 33, body: text.subarray(0, 3) });
    const [there, here] = await Promise.all([server.closed, client.close()]);
    expect([there.kind, here.kind]).toEqual(['closed_by_peer', 'closed_by_us']);
    await Promise.all([a.closed, b.closed]);
  });

  test('messages arrive in order, also those sent at once and those of a part of a buffer', async () => {
    const [a, b] = await open();
    const whole = Uint8Array.from({ length: 100 }, (_, index) => index);
    await Promise.all([...whole].map((index) => a.send(whole.subarray(index, index + 1))));
    const received = await read(b, 100);
    expect(received.map(([first]) => first)).toEqual([...whole]);
    expect(received.every(({ length }) => length === 1)).toBe(true);
    a.terminate();
  });

  test('what was sent before the end can be read after it', async () => {
    const [a, b] = await open();
    const reader = b.messages[Symbol.asyncIterator]();
    await a.send(Uint8Array.of(1));
    await a.send(Uint8Array.of(2));
    a.close();
    await Promise.all([a.closed, b.closed]);
    expect((await reader.next()).value).toEqual(Uint8Array.of(1));
    expect((await reader.next()).value).toEqual(Uint8Array.of(2));
    expect((await reader.next()).done).toBe(true);
    await expect(a.send(Uint8Array.of(3))).rejects.toThrow('Connect again');
    await expect(b.send(Uint8Array.of(3))).rejects.toThrow('Connect again');
  });

  test('a sender waits while nobody reads, and goes on when somebody does', async () => {
    const [a, b] = await open();
    const message = (): Uint8Array => new Uint8Array(200_000);
    const enough = Math.ceil((SEND_HIGH_WATER_BYTES + 60 * RECEIVE_QUEUE_MAX_BYTES) / 200_000);
    let sent = 0;
    let isDone = false;
    const sending = (async () => {
      for (; sent < enough; sent += 1) await a.send(message());
      isDone = true;
    })();
    const before = await stalled(() => sent);
    expect(isDone).toBe(false);
    expect(before).toBeLessThan(enough);
    const received = await read(b, enough);
    await sending;
    expect(received).toHaveLength(enough);
    a.terminate();
  });

  test('many that wait at once all go on', async () => {
    const [a, b] = await open();
    const sends = Array.from({ length: 10 }, () => a.send(new Uint8Array(200_000)));
    expect(await read(b, 10)).toHaveLength(10);
    await Promise.all(sends);
    a.terminate();
  });

  test('a sender that waits is told of the end', async () => {
    const [a, b] = await open();
    let settled = 0;
    const sends = Array.from({ length: 60 }, async () => {
      try {
        await a.send(new Uint8Array(200_000));
      } finally {
        settled += 1;
      }
    });
    const outcomes = Promise.allSettled(sends);
    // Nobody reads, so not all of them find room.
    expect(await stalled(() => settled)).toBeLessThan(sends.length);
    b.terminate();
    a.terminate();
    await Promise.all([a.closed, b.closed]);
    await outcomes;
    expect(settled).toBe(sends.length);
    await expect(a.send(Uint8Array.of(1))).rejects.toThrow('Connect again');
  });

  test('a reader that leaves ends the connection', async () => {
    const [a, b] = await open();
    await a.send(Uint8Array.of(1));
    for await (const message of b.messages) {
      expect(message).toEqual(Uint8Array.of(1));
      break;
    }
    await Promise.all([a.closed, b.closed]);
  });

  test('ending twice, in either way, is ending once', async () => {
    const [a, b] = await open();
    a.close();
    a.close();
    a.terminate();
    a.terminate();
    b.close();
    await Promise.all([a.closed, b.closed]);
    a.close();
    b.terminate();
    expect(await read(a, 1)).toEqual([]);
  });
});

/** The value once it has not changed for a good many turns of the event loop. */
async function stalled(value: () => number): Promise<number> {
  let last = -1;
  for (let same = 0; same < 200; same += 1) {
    const now = value();
    if (now !== last) same = 0;
    last = now;
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  return last;
}

describe('a WebSocket', () => {
  test.each([
    ['a text message', 'hello'],
    ['a message that is too long', new Uint8Array(MAX_MESSAGE_BYTES + 1)],
  ])('is cut after %s', async (_name, data) => {
    const { url, accepted } = await listen();
    const duplex = webSocketDuplex(new WebSocket(url));
    (await accepted).send(data);
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
  });

  test('takes the longest message there is', async () => {
    const { url, accepted } = await listen();
    const duplex = webSocketDuplex(new WebSocket(url));
    (await accepted).send(new Uint8Array(MAX_MESSAGE_BYTES));
    const [message] = await read(duplex, 1);
    expect(message).toHaveLength(MAX_MESSAGE_BYTES);
    duplex.terminate();
  });

  test('that cannot be paused is cut when too much waits for a reader', async () => {
    const { url, accepted } = await listen();
    const duplex = webSocketDuplex(new WebSocket(url));
    const far = await accepted;
    far.on('error', () => undefined);
    for (let sent = 0; sent <= UNREAD_MAX_BYTES; sent += MAX_MESSAGE_BYTES) {
      far.send(new Uint8Array(MAX_MESSAGE_BYTES));
    }
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
  });

  test('that had ended before is an ended connection', async () => {
    const { url } = await listen();
    const socket = new WebSocket(url);
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
    const duplex = webSocketDuplex(socket);
    await duplex.closed;
    await expect(duplex.send(Uint8Array.of(1))).rejects.toThrow('Connect again');
  });

  test('that cannot connect is one too', async () => {
    const { url } = await listen();
    toEnd.splice(0).forEach((end) => end());
    const duplex = webSocketDuplex(new WebSocket(url));
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
  });
});

describe('what goes on after the end, as a browser may let it,', () => {
  /** Only what is called below; events are dispatched by hand. */
  class Scripted extends EventTarget {
    binaryType = 'blob';
    readonly readyState = 1;
    readonly bufferedAmount = 0;
    readonly sent: unknown[] = [];
    send(data: unknown): void {
      this.sent.push(data);
    }
    postMessage(data: unknown): void {
      this.sent.push(data);
    }
    close(): void {
      this.sent.push('closed');
    }
    receive(data: unknown): void {
      this.dispatchEvent(Object.assign(new Event('message'), { data }));
    }
  }

  test('does not count on a WebSocket', async () => {
    const socket = new Scripted();
    const duplex = webSocketDuplex(socket);
    duplex.terminate();
    socket.receive(new ArrayBuffer(8));
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
    expect([socket.binaryType, socket.sent]).toEqual(['arraybuffer', ['closed']]);
  });

  test('nor do empty messages fill memory before it', async () => {
    const socket = new Scripted();
    const duplex = webSocketDuplex(socket);
    let received = 0;
    for (; received < UNREAD_MAX_BYTES && socket.sent.length === 0; received += 1) {
      socket.receive(new ArrayBuffer(0));
    }
    await duplex.closed;
    expect(socket.sent).toEqual(['closed']);
    expect(received).toBeLessThan(200_000);
  });

  test('does not count from a worker', async () => {
    const worker = new Scripted();
    const duplex = messagePortDuplex(worker);
    duplex.close();
    worker.receive(new ArrayBuffer(8));
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
    expect(worker.sent).toEqual([null, 'closed']);
  });
});

describe('a message port', () => {
  const wrapped = (): readonly [Duplex, MessagePort] => {
    const { port1, port2 } = new MessageChannel();
    toEnd.push(() => port2.close());
    return [messagePortDuplex(port1), port2];
  };

  test.each([
    ['text', 'hello'],
    ['more taken than was sent', 1],
    ['a negative count', -1],
    ['a message that is too long', new ArrayBuffer(MAX_MESSAGE_BYTES + 1)],
    ['an object', {}],
  ])('is cut after %s', async (_name, data) => {
    const [duplex, far] = wrapped();
    far.postMessage(data, []);
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
  });

  test('is cut when too much waits for a reader', async () => {
    const [duplex, far] = wrapped();
    for (let sent = 0; sent <= UNREAD_MAX_BYTES + MAX_MESSAGE_BYTES; sent += MAX_MESSAGE_BYTES) {
      far.postMessage(new ArrayBuffer(MAX_MESSAGE_BYTES), []);
    }
    await duplex.closed;
    expect(await read(duplex, 1)).toEqual([]);
  });

  test('ends when the other end is gone without a word', async () => {
    const [duplex, far] = wrapped();
    const waiting = duplex.messages[Symbol.asyncIterator]().next();
    far.close();
    expect((await waiting).done).toBe(true);
    await duplex.closed;
  });
});
