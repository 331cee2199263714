import { describe, expect, test, vi } from 'vitest';
import type { Duplex } from '../src/channel/duplex.js';
import { ReceiveQueue } from '../src/receive-queue.js';
import type { ReceivedRecord } from '../src/record/received-record.js';
import { openChannel } from '../src/channel/open-channel.js';
import { MemoryDuplex } from './memory-pair.js';
import { clientOptions, openPair, serverOptions } from './open-pair.js';
import { errorWith } from './pair.js';
import { useHandTimers } from './hand-timers.js';

const NOTHING = new Uint8Array(0);

useHandTimers();

/** The same connection, whose end is an error. */
function failing(duplex: MemoryDuplex): Duplex {
  const reset = async (): Promise<never> => {
    await duplex.closed;
    throw new Error('ECONNRESET');
  };
  async function* messages(): AsyncGenerator<Uint8Array> {
    yield* duplex.messages;
    throw new Error('ECONNRESET');
  }
  return {
    send: (bytes) => duplex.send(bytes),
    messages: messages(),
    close: () => duplex.close(),
    terminate: () => duplex.terminate(),
    closed: reset(),
  };
}

describe('a connection that ends with an error', () => {
  test('before the handshake has ended is a lost one', async () => {
    const [near, far] = MemoryDuplex.pair();
    const opening = openChannel(failing(near), clientOptions());
    far.terminate();
    await expect(opening).rejects.toThrow(errorWith('connection_lost'));
  });

  test('after it is a lost one too, and what came before is still read', async () => {
    const [near, far] = MemoryDuplex.pair();
    const [client, server] = await Promise.all([
      openChannel(failing(near), clientOptions()),
      openChannel(far, serverOptions()),
    ]);
    await server.send(32, Uint8Array.of(1));
    far.terminate();
    const bodies: number[] = [];
    for await (const { body } of client.records) bodies.push(...body);
    expect(bodies).toEqual([1]);
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
    await server.closed;
  });

  test('ends a channel that closes, also when it ends during that', async () => {
    const [near, far] = MemoryDuplex.pair();
    const [client, server] = await Promise.all([
      openChannel(failing(near), clientOptions()),
      openChannel(far, serverOptions()),
    ]);
    expect(await client.close()).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
    await server.closed;
  });
});

describe('a connection that refuses to send', () => {
  test('ends the channel, and each send says so', async () => {
    const { client, server, clientDuplex } = await openPair();
    vi.spyOn(clientDuplex, 'send').mockRejectedValue(new Error('EPIPE'));
    const sending = client.send(32, NOTHING);
    await expect(sending).rejects.toThrow(errorWith('session_over'));
    await expect(sending).rejects.toHaveProperty('cause.message', 'EPIPE');
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
    await server.closed;
  });

  test('does not keep a channel from closing', async () => {
    const { client, server, clientDuplex } = await openPair();
    vi.spyOn(clientDuplex, 'send').mockRejectedValue(new Error('EPIPE'));
    expect(await client.close(1)).toEqual({ kind: 'closed_by_us', code: 1, allArrived: false });
    await server.closed;
  });

  test('leaves a PONG unsent, and nothing unhandled', async () => {
    const { client, server, serverDuplex } = await openPair();
    vi.spyOn(serverDuplex, 'send').mockRejectedValue(new Error('EPIPE'));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await server.closed).toEqual({ kind: 'lost', cause: 'connection' });
  });
});

test('a PONG that is still owed when CLOSE goes out is not sent after it', async () => {
  const { client, server, clientDuplex, serverDuplex } = await openPair();
  const drained = Promise.withResolvers<void>();
  const send = vi.spyOn(serverDuplex, 'send').mockImplementationOnce((bytes) => {
    clientDuplex.deliver(bytes);
    return drained.promise;
  });
  // Two PINGs: the first PONG is with the connection, the second is owed.
  await vi.advanceTimersByTimeAsync(50_000);
  expect(send).toHaveBeenCalledTimes(1);
  const ended = server.close();
  drained.resolve();
  expect(await ended).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
  expect(send).toHaveBeenCalledTimes(2);
  await client.closed;
});

test('a channel that is cut while a slow reader holds it back ends at once', async () => {
  const { client, server, clientDuplex } = await openPair();
  for (let index = 0; index < 300; index += 1) await client.send(32, NOTHING);
  await vi.advanceTimersByTimeAsync(0);
  expect(await server.reject()).toEqual({ kind: 'protocol_error' });
  expect(clientDuplex.hasEnded).toBe(true);
  expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
});

test('a queue holds back by bytes until enough has been read, and takes nothing after its end', async () => {
  const inbox = new ReceiveQueue<ReceivedRecord>({
    bytesOf: ({ body }) => body.length,
    onAbandoned: () => undefined,
  });
  const record = { kind: 32, timeMs: 0, body: new Uint8Array(262_131) };
  const rooms = [0, 1, 2, 3, 4].map(() => inbox.add(record));
  expect(rooms.map((room) => room !== undefined)).toEqual([false, false, false, false, true]);
  let hasRoom = false;
  void rooms[4]?.then(() => {
    hasRoom = true;
  });
  const reader = inbox[Symbol.asyncIterator]();
  const full = inbox.add(record);
  await reader.next();
  await vi.advanceTimersByTimeAsync(0);
  expect(hasRoom).toBe(false);
  await reader.next();
  await full;
  expect(hasRoom).toBe(true);
  inbox.end();
  expect(inbox.add(record)).toBeUndefined();
});
