import { describe, expect, test, vi } from 'vitest';
import type { Channel } from '../src/channel/channel.js';
import { decodeHeader } from '../src/record/header.js';
import { openChannel } from '../src/channel/open-channel.js';
import { awaitHandshake } from '../src/handshake/await-handshake.js';
import { MemoryDuplex } from './memory-pair.js';
import { clientOptions, openPair } from './open-pair.js';
import { serverKey } from './pair.js';
import { useHandTimers } from './hand-timers.js';

vi.mock(import('../src/limits.js'), async (importOriginal) => {
  const limits = await importOriginal();
  const { REKEY_AFTER_RECORDS: records, REKEY_AFTER_BYTES: bytes } = limits;
  if (records !== 2 ** 16 || bytes !== 2 ** 30) throw new Error('these are not the limits');
  // The real numbers are checked above; the counting is the same for smaller ones.
  return {
    ...limits,
    REKEY_AFTER_RECORDS: 100,
    REKEY_AFTER_BYTES: 1_000_000,
    REKEY_REQUEST_AFTER_RECORDS: 150,
  };
});

useHandTimers();

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const epochs = ({ sent }: MemoryDuplex): readonly number[] =>
  sent.flatMap((frame) => decodeHeader(frame)?.epoch ?? []);
const lastEpoch = (duplex: MemoryDuplex): number | undefined => epochs(duplex).at(-1);

function isSettled(promise: Promise<unknown>): () => Promise<boolean> {
  let hasSettled = false;
  void promise.then(() => {
    hasSettled = true;
  });
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return hasSettled;
  };
}

/** A server that answers PING, and REKEY1 never. Gives the kinds it has received. */
function serveWithoutRekey(duplex: MemoryDuplex): readonly number[] {
  const kinds: number[] = [];
  const serve = async (): Promise<void> => {
    const messages = duplex.messages[Symbol.asyncIterator]();
    const next = async (): Promise<Uint8Array> => (await messages.next()).value as Uint8Array;
    const reply = awaitHandshake({ ownKey: serverKey }).receive(await next());
    await duplex.send(reply.message);
    const { message, session } = reply.next.receive(await next()).accept();
    await duplex.send(message);
    while (!duplex.hasEnded) {
      const { kind } = session.open(await next());
      kinds.push(kind);
      if (kind === 3) await duplex.send(session.seal(4, new Uint8Array(0), 1));
      if (kind === 31) break;
    }
  };
  void serve();
  return kinds;
}

function readAll(channel: Channel<unknown>): Promise<number> {
  return (async () => {
    let count = 0;
    for await (const _ of channel.records) count += 1;
    return count;
  })();
}

describe('a channel', () => {
  test('rekeys after 120 s with a text, and again after the next', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    void readAll(server);
    await client.send(32, text('one'));
    await vi.advanceTimersByTimeAsync(119_000);
    expect(epochs(clientDuplex)).toContain(0);
    expect(epochs(serverDuplex)).not.toContain(1);
    await vi.advanceTimersByTimeAsync(2_000);
    await client.send(32, text('two'));
    await server.send(32, text('three'));
    expect([lastEpoch(clientDuplex), lastEpoch(serverDuplex)]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(121_000);
    await client.send(32, text('four'));
    expect(lastEpoch(clientDuplex)).toBe(2);
    expect(await client.close()).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
  });

  test('does not rekey while idle, and does with the first text after that', async () => {
    const { client, server, clientDuplex } = await openPair();
    void readAll(server);
    void readAll(client);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(lastEpoch(clientDuplex)).toBe(0);
    await server.send(32, text('after a while'));
    await vi.advanceTimersByTimeAsync(0);
    await client.send(32, text('yes'));
    expect(lastEpoch(clientDuplex)).toBe(1);
    await client.close();
  });

  test('rekeys after so many records or bytes, without losing one', async () => {
    const { client, server, clientDuplex } = await openPair();
    const received = readAll(server);
    for (let index = 0; index < 350; index += 1) await client.send(32, text(`${index}`));
    const afterRecords = lastEpoch(clientDuplex) ?? 0;
    expect(afterRecords).toBeGreaterThanOrEqual(3);
    for (let index = 0; index < 10; index += 1) await client.send(32, new Uint8Array(262_131));
    expect(lastEpoch(clientDuplex)).toBeGreaterThan(afterRecords);
    await client.close();
    expect(await received).toBe(360);
  });

  test('closes when the server does not answer a rekey for 60 s', async () => {
    const [clientDuplex, serverDuplex] = MemoryDuplex.pair();
    const kinds = serveWithoutRekey(serverDuplex);
    const client = await openChannel(clientDuplex, clientOptions());
    await client.send(32, text('one'));
    await vi.advanceTimersByTimeAsync(179_000);
    const closing = isSettled(client.closed);
    expect(await closing()).toBe(false);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await client.closed).toEqual({ kind: 'closed_by_us', code: 3, allArrived: false });
    expect(kinds.filter((kind) => kind === 16)).toHaveLength(1);
  });
});

describe('a server', () => {
  test('asks for a rekey that the client is late with', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    void readAll(client);
    clientDuplex.isMuted = true;
    for (let index = 0; index < 200; index += 1) await server.send(32, text(`${index}`));
    // Beside the texts and the two messages of the handshake.
    const asked = serverDuplex.sent.length - 2 - 200;
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(80_000);
    expect(await server.closed).toMatchObject({ kind: 'lost' });
    await client.closed;
  });

  test('gets a rekey from a client that had no reason of its own', async () => {
    const { client, server, clientDuplex } = await openPair();
    void readAll(client);
    void readAll(server);
    for (let index = 0; index < 160; index += 1) await server.send(32, text(`${index}`));
    await client.send(32, text('here'));
    expect(lastEpoch(clientDuplex)).toBe(1);
    await client.close();
  });
});
