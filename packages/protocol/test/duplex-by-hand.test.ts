// What the real sockets and ports of duplex.test.ts cannot be made to do at will: exact limits, and events in any order.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Duplex } from '../src/channel/duplex.js';
import { memoryDuplexPair } from '../src/duplex/memory-duplex.js';
import { messagePortDuplex, type MessagePortLike } from '../src/duplex/message-port-duplex.js';
import { webSocketDuplex } from '../src/duplex/web-socket-duplex.js';
import { MAX_MESSAGE_BYTES, SEND_HIGH_WATER_BYTES, UNREAD_MAX_BYTES } from '../src/limits.js';
import { isPending, useHandTimers } from './hand-timers.js';

const OVER = 'The connection has ended. Connect again.';
/** With what it costs besides its bytes, 64 of them are exactly what may wait unread. */
const SIXTY_FOURTH = new ArrayBuffer(UNREAD_MAX_BYTES / 64 - 128);
const message = (...bytes: number[]): ArrayBuffer => Uint8Array.from(bytes).buffer;

useHandTimers();

/** What an event target of the platform does, by hand. */
class HandTarget {
  readonly #listeners = new Map<string, ((event: object) => void)[]>();

  addEventListener(type: string, listener: (event: object) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  happens(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data });
  }
}

async function hasEnded(duplex: Duplex): Promise<boolean> {
  let isOver = false;
  void duplex.closed.then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(0);
  return isOver;
}

async function readAll({ messages }: Duplex): Promise<number[][]> {
  const all: number[][] = [];
  for await (const each of messages) all.push([...each]);
  return all;
}

describe('a WebSocket', () => {
  class HandSocket extends HandTarget {
    binaryType = 'blob';
    readyState = 1;
    bufferedAmount = 0;
    readonly calls: (string | number)[][] = [];
    send = (data: Uint8Array): void => void this.calls.push(['send', data.length]);
    close = (code?: number): void => void this.calls.push(['close', code ?? 0]);
  }
  class ServerSocket extends HandSocket {
    terminate = (): void => void this.calls.push(['terminate']);
    pause = (): void => void this.calls.push(['pause']);
    resume = (): void => void this.calls.push(['resume']);
  }

  test('that has been closed takes nothing, whatever it says of its state', async () => {
    const socket = new HandSocket();
    const duplex = webSocketDuplex(socket);
    socket.happens('close');
    await expect(duplex.send(new Uint8Array(1))).rejects.toThrow(OVER);
    expect(await hasEnded(duplex)).toBe(true);
    expect(socket.calls).toEqual([]);
  });

  test('that is closing takes nothing, though nobody has told yet', async () => {
    const socket = new HandSocket();
    const duplex = webSocketDuplex(socket);
    socket.readyState = 2;
    await expect(duplex.send(new Uint8Array(1))).rejects.toThrow(OVER);
    expect(await hasEnded(duplex)).toBe(false);
    socket.happens('close');
    expect(await hasEnded(duplex)).toBe(true);
  });

  test('that was closed before is over from the first', async () => {
    const duplex = webSocketDuplex(Object.assign(new HandSocket(), { readyState: 3 }));
    expect(await hasEnded(duplex)).toBe(true);
    expect(await readAll(duplex)).toEqual([]);
  });

  test('is closed in order, once, and read no further', async () => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    const reading = readAll(duplex);
    duplex.close();
    expect(await reading).toEqual([]);
    expect(socket.calls).toEqual([['close', 1000]]);
    socket.happens('close');
    duplex.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.calls).toHaveLength(1);
  });

  test('is cut where that is possible, and is over when it says so', async () => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    duplex.terminate();
    expect(socket.calls).toEqual([['terminate']]);
    expect(await hasEnded(duplex)).toBe(false);
    socket.happens('close');
    expect(await hasEnded(duplex)).toBe(true);
    duplex.terminate();
    expect(socket.calls).toHaveLength(1);
  });

  test('is closed where it cannot be cut, and is over at once', async () => {
    const socket = new HandSocket();
    const duplex = webSocketDuplex(socket);
    duplex.terminate();
    expect(socket.calls).toEqual([['close', 0]]);
    expect(await hasEnded(duplex)).toBe(true);
    socket.happens('message', 'text that comes late');
    socket.happens('close');
    expect(socket.calls).toHaveLength(1);
  });

  test.each([
    ['a text', 'text'],
    ['a message that is too long', new ArrayBuffer(MAX_MESSAGE_BYTES + 1)],
  ])('is cut for %s', async (_what, data) => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    socket.happens('message', message(1));
    socket.happens('message', data);
    expect(socket.calls).toEqual([['terminate']]);
    expect(await readAll(duplex)).toEqual([]);
  });

  test('is paused for a slow reader, once, and resumed once there is room', async () => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    for (let count = 0; count < 256; count += 1) socket.happens('message', message(count & 255));
    expect(socket.calls).toEqual([['pause']]);
    await duplex.messages[Symbol.asyncIterator]().next();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.calls).toEqual([['pause'], ['resume']]);
    duplex.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.calls).toEqual([['pause'], ['resume'], ['close', 1000]]);
  });

  test('that is paused is resumed to be closed, so that the answer is seen', async () => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    for (let count = 0; count < 256; count += 1) socket.happens('message', message(1));
    duplex.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.calls).toEqual([['pause'], ['resume'], ['close', 1000]]);
  });

  test('that has ended is not resumed', async () => {
    const socket = new ServerSocket();
    const duplex = webSocketDuplex(socket);
    for (let count = 0; count < 256; count += 1) socket.happens('message', message(1));
    socket.happens('close');
    expect(await readAll(duplex)).toHaveLength(256);
    expect(socket.calls).toEqual([['pause']]);
  });

  test('that cannot be paused may bring 16 MiB that nobody reads, and not a message more', async () => {
    const socket = new HandSocket();
    const duplex = webSocketDuplex(socket);
    for (let count = 0; count < 64; count += 1) socket.happens('message', SIXTY_FOURTH);
    expect(socket.calls).toEqual([]);
    socket.happens('message', message(1));
    expect(socket.calls).toEqual([['close', 0]]);
    expect(await hasEnded(duplex)).toBe(true);
  });

  test('takes what it has room for at once, and makes the rest wait', async () => {
    const socket = new HandSocket();
    const duplex = webSocketDuplex(socket);
    socket.bufferedAmount = SEND_HIGH_WATER_BYTES;
    await duplex.send(new Uint8Array(1));
    expect(vi.getTimerCount()).toBe(0);
    socket.bufferedAmount += 1;
    const sending = duplex.send(new Uint8Array(2));
    expect(await isPending(sending)).toBe(true);
    socket.bufferedAmount = SEND_HIGH_WATER_BYTES;
    await vi.advanceTimersByTimeAsync(5);
    await sending;
    expect(vi.getTimerCount()).toBe(0);
    expect(socket.calls).toEqual([
      ['send', 1],
      ['send', 2],
    ]);
  });

  test('that ends refuses what waits for room', async () => {
    const socket = Object.assign(new HandSocket(), { bufferedAmount: SEND_HIGH_WATER_BYTES + 1 });
    const duplex = webSocketDuplex(socket);
    const sending = duplex.send(new Uint8Array(1)).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    socket.happens('close');
    expect(await sending).toEqual(new Error(OVER));
  });
});

describe('a MessagePort', () => {
  class HandPort extends HandTarget implements MessagePortLike {
    readonly posted: unknown[] = [];
    readonly transferred: ArrayBuffer[] = [];
    closed = 0;
    postMessage = (data: unknown, transfer: ArrayBuffer[]): void => {
      this.posted.push(data);
      this.transferred.push(...transfer);
    };
    close = (): void => void (this.closed += 1);
  }
  let port: HandPort;
  let duplex: Duplex;
  beforeEach(() => {
    port = new HandPort();
    duplex = messagePortDuplex(port);
  });
  afterEach(() => duplex.close());

  test('is given the memory of a message, and of a part of one a copy', async () => {
    const whole = Uint8Array.of(1, 2, 3);
    await duplex.send(whole);
    expect(port.transferred[0]).toBe(whole.buffer);
    await duplex.send(whole.subarray(1));
    expect(port.posted[1]).toEqual(message(2, 3));
    expect(port.transferred[1]).toBe(port.posted[1]);
    expect(whole).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('makes what is sent wait while the other end has more than 512 KiB to take', async () => {
    const half = SEND_HIGH_WATER_BYTES / 2;
    await duplex.send(new Uint8Array(half));
    await duplex.send(new Uint8Array(half));
    const waiting = duplex.send(new Uint8Array(10));
    expect(await isPending(waiting)).toBe(true);
    port.happens('message', 9);
    expect(await isPending(waiting)).toBe(true);
    port.happens('message', 1);
    await waiting;
  });

  test('that ends refuses what waits, and what comes', async () => {
    const waiting = duplex
      .send(new Uint8Array(SEND_HIGH_WATER_BYTES + 1))
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    port.happens('close');
    expect(await waiting).toEqual(new Error(OVER));
    await expect(duplex.send(new Uint8Array(1))).rejects.toThrow(OVER);
  });

  test.each([-1, 1.5, 6, '1', Number.NaN, undefined, {}, new ArrayBuffer(MAX_MESSAGE_BYTES + 1)])(
    'is ended when it says %s',
    async (data) => {
      await duplex.send(new Uint8Array(5));
      port.happens('message', data);
      expect(port.posted.at(-1)).toBe(null);
      expect(await hasEnded(duplex)).toBe(true);
    },
  );

  test('may say that nothing was taken, or all, and bring the longest message', async () => {
    await duplex.send(new Uint8Array(5));
    for (const data of [0, 5, new ArrayBuffer(MAX_MESSAGE_BYTES)]) port.happens('message', data);
    await vi.advanceTimersByTimeAsync(0);
    expect(port.posted.slice(1)).toEqual([MAX_MESSAGE_BYTES]);
    expect(await hasEnded(duplex)).toBe(false);
  });

  test('is over when the other end says so, which is not said back', async () => {
    port.happens('message', message(7));
    port.happens('message', null);
    port.happens('message', null);
    port.happens('message', message(8));
    port.happens('close');
    expect(await hasEnded(duplex)).toBe(true);
    expect(await readAll(duplex)).toEqual([[7]]);
    duplex.close();
    expect(port.posted).toEqual([]);
    expect(port.closed).toBe(1);
  });

  test('is told what was taken as it is read, and nothing once it is over', async () => {
    for (let count = 0; count < 257; count += 1) port.happens('message', message(count & 255));
    await vi.advanceTimersByTimeAsync(0);
    expect(port.posted).toHaveLength(255);
    const reader = duplex.messages[Symbol.asyncIterator]();
    await reader.next();
    await reader.next();
    await vi.advanceTimersByTimeAsync(0);
    expect(port.posted).toHaveLength(257);
    for (let count = 0; count < 2; count += 1) port.happens('message', message(1));
    duplex.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(port.posted.slice(257)).toEqual([null]);
  });

  test('may bring 16 MiB that nobody reads, and not a message more', async () => {
    for (let count = 0; count < 64; count += 1) port.happens('message', SIXTY_FOURTH.slice(0));
    expect(port.posted).not.toContain(null);
    port.happens('message', message(1));
    expect(port.posted.at(-1)).toBe(null);
    expect(await readAll(duplex)).toEqual([]);
  });

  test('need not be one that can be closed or started', async () => {
    const worker: MessagePortLike = {
      postMessage: (data) => void port.posted.push(data),
      addEventListener: port.addEventListener.bind(port),
    };
    const toWorker = messagePortDuplex(worker);
    toWorker.close();
    expect(await hasEnded(toWorker)).toBe(true);
    expect(port.posted).toEqual([null]);
  });
});

test('of a connection in memory that is cut nothing is read any more, and of one that is closed what was there', async () => {
  const [near, far] = memoryDuplexPair();
  await near.send(Uint8Array.of(1));
  far.terminate();
  expect(await readAll(far)).toEqual([]);
  const [left, right] = memoryDuplexPair();
  await left.send(Uint8Array.of(2));
  right.close();
  expect(await readAll(right)).toEqual([[2]]);
});
