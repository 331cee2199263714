import { describe, expect, test, vi } from 'vitest';
import type { Channel } from '../src/channel/channel.js';
import { nodeBackend } from '../src/backend/node/node.js';
import { nextOf, openPair } from './open-pair.js';
import { errorWith } from './pair.js';
import { isPending, useHandTimers } from './hand-timers.js';

useHandTimers();

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function readAll(channel: Channel<unknown>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { body } of channel.records) texts.push(Buffer.from(body).toString());
  return texts;
}

describe('records', () => {
  test('travel both ways with kind, time and body', async () => {
    const { client, server } = await openPair({ now: () => 123.9 }, { now: () => -5 });
    await client.send(40, text('there'));
    await server.send(41, text('back'));
    expect(await nextOf(server)).toEqual({ kind: 40, timeMs: 123, body: text('there') });
    expect(await nextOf(client)).toEqual({ kind: 41, timeMs: 0, body: text('back') });
    await client.close();
  });

  test('go on without a time where the clock is none', async () => {
    const { client, server } = await openPair({ now: () => NaN });
    await client.send(40, text('when?'));
    expect(await nextOf(server)).toMatchObject({ timeMs: 0 });
    await client.close();
  });

  test('carry the time of this machine', async () => {
    const { client, server } = await openPair();
    await client.send(40, text('now'));
    expect(await nextOf(server)).toMatchObject({ timeMs: Date.now() });
    await client.close();
  });

  test('of the protocol, and too large ones, cannot be sent', async () => {
    const { client } = await openPair();
    await expect(client.send(3, text(''))).rejects.toThrow(errorWith('misuse'));
    await expect(client.send(256, text(''))).rejects.toThrow(errorWith('misuse'));
    const large = new Uint8Array(262_132);
    await expect(client.send(32, large)).rejects.toThrow(errorWith('misuse'));
    await client.send(32, text('goes on'));
    await client.close();
    await expect(client.send(32, text('late'))).rejects.toThrow(errorWith('session_over'));
  });

  test('wait while the connection has no room; PONG does not', async () => {
    const { client, server, serverDuplex } = await openPair();
    const before = serverDuplex.sent.length;
    serverDuplex.isStalled = true;
    const sends = [server.send(32, text('one')), server.send(32, text('two'))];
    expect(await isPending(Promise.race(sends))).toBe(true);
    expect(serverDuplex.sent.length - before).toBe(1);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(serverDuplex.sent.length - before).toBe(2);
    const ended = Promise.allSettled(sends);
    await client.close();
    for (const { status } of await ended) expect(status).toBe('rejected');
  });

  test('wait with the connection for a slow reader, who is not taken for a dead peer', async () => {
    const { client, server, serverDuplex } = await openPair();
    for (let index = 0; index < 300; index += 1) await client.send(32, text(`${index}`));
    // What this side sends shows the other that it lives; of the other it reads nothing meanwhile. After 180 s without an answer to
    // its rekey the other would close.
    for (let time = 0; time < 160; time += 20) {
      await server.send(32, text('still here'));
      await vi.advanceTimersByTimeAsync(20_000);
      expect(serverDuplex.unread).toBeGreaterThanOrEqual(300 - 256);
    }
    expect(await isPending(server.closed)).toBe(true);
    const reading = readAll(server);
    await vi.advanceTimersByTimeAsync(0);
    await client.close();
    expect(await reading).toHaveLength(300);
    expect(await server.closed).toEqual({ kind: 'closed_by_peer', code: 0, allArrived: true });
  });

  test('are there for a slow reader also when the connection has ended, which is told at once', async () => {
    const { client, server, clientDuplex } = await openPair();
    for (let index = 0; index < 300; index += 1) await client.send(32, text(`${index}`));
    await vi.advanceTimersByTimeAsync(0);
    clientDuplex.terminate();
    expect(await server.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await readAll(server)).toHaveLength(300);
    await client.closed;
  });

  test('that come no more are missed again once a slow reader has caught up', async () => {
    const { client, server, clientDuplex } = await openPair();
    for (let index = 0; index < 300; index += 1) await client.send(32, text(`${index}`));
    await vi.advanceTimersByTimeAsync(10_000);
    clientDuplex.isMuted = true;
    const reading = readAll(server);
    for (let second = 0; second < 74; second += 1) {
      await server.send(32, text('still here'));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    await vi.advanceTimersByTimeAsync(999);
    expect(await isPending(server.closed)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await server.closed).toEqual({ kind: 'lost', cause: 'silence' });
    expect(await reading).toHaveLength(300);
    await client.closed;
  });
});

describe('keep-alive', () => {
  test.each([
    ['20 s, with the least number drawn', 0x00, 20_000],
    ['25 s, with the greatest', 0xff, 25_000],
  ])('comes after %s', async (_when, byte, afterMs) => {
    const backend = { ...nodeBackend, randomBytes: (n: number) => new Uint8Array(n).fill(byte) };
    const { client, clientDuplex } = await openPair({ backend });
    await vi.advanceTimersByTimeAsync(afterMs - 1);
    expect(clientDuplex.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(clientDuplex.sent).toHaveLength(3);
    await client.close();
  });

  test('the client asks after 20 to 25 s without a record of its own, the server answers', async () => {
    const { client, clientDuplex, serverDuplex } = await openPair();
    const counts = () => [clientDuplex.sent.length - 2, serverDuplex.sent.length - 2];
    await vi.advanceTimersByTimeAsync(19_999);
    expect(counts()).toEqual([0, 0]);
    await vi.advanceTimersByTimeAsync(5001);
    expect(counts()).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(10_000);
    await client.send(32, text('a record'));
    await vi.advanceTimersByTimeAsync(19_999);
    expect(counts()).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(5001);
    expect(counts()).toEqual([3, 2]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await isPending(client.closed)).toBe(true);
    await client.close();
  });

  test('either end is dead after 75 s without a record', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    clientDuplex.isMuted = true;
    serverDuplex.isMuted = true;
    await vi.advanceTimersByTimeAsync(74_999);
    expect(await isPending(Promise.race([client.closed, server.closed]))).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    const ends = await Promise.all([client.closed, server.closed]);
    // Whichever sees it first cuts the connection.
    expect(ends.map((end) => end.kind)).toEqual(['lost', 'lost']);
    expect(ends).toContainEqual({ kind: 'lost', cause: 'silence' });
    expect(await readAll(client)).toEqual([]);
  });

  test('a connection that takes nothing for 60 s is dead', async () => {
    const { client, server, clientDuplex } = await openPair();
    const end = server.closed;
    clientDuplex.isStalled = true;
    const sending = client.send(32, text('stuck')).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(await isPending(client.closed)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'not_drained' });
    expect(await sending).toEqual(errorWith('session_over'));
    expect(await end).toEqual({ kind: 'lost', cause: 'connection' });
  });

  test('PINGs that are not read back do not make a queue grow', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    serverDuplex.isStalled = true;
    const before = serverDuplex.sent.length;
    await vi.advanceTimersByTimeAsync(55_000);
    expect(clientDuplex.sent.length).toBeGreaterThanOrEqual(4);
    expect(serverDuplex.sent.length - before).toBe(1);
    client.reject().catch(() => undefined);
    await Promise.all([client.closed, server.closed]);
  });
});

describe('ends', () => {
  test('one CLOSE is answered, and both ends know why and that all arrived', async () => {
    const { client, server, clientDuplex } = await openPair();
    await client.send(32, text('last words'));
    const reading = readAll(server);
    expect(await client.close(7)).toEqual({ kind: 'closed_by_us', code: 7, allArrived: true });
    expect(await server.closed).toEqual({ kind: 'closed_by_peer', code: 7, allArrived: true });
    expect(await reading).toEqual(['last words']);
    expect(await readAll(client)).toEqual([]);
    expect(clientDuplex.hasEnded).toBe(true);
    expect(await client.close(1)).toMatchObject({ code: 7 });
  });

  test('the first reason counts', async () => {
    const { client, server } = await openPair();
    const ends = await Promise.all([client.close(7), client.close(1)]);
    expect(ends.map((end) => 'code' in end && end.code)).toEqual([7, 7]);
    expect(await server.closed).toMatchObject({ code: 7 });
  });

  test('of two CLOSEs that cross, the one that forbids reconnecting counts', async () => {
    const { client, server } = await openPair();
    const ends = await Promise.all([client.close(1), server.close(4)]);
    expect(ends).toEqual([
      { kind: 'closed_by_peer', code: 4, allArrived: true },
      { kind: 'closed_by_us', code: 4, allArrived: true },
    ]);
  });

  test('a CLOSE without answer waits 2 s', async () => {
    const { client, server, serverDuplex } = await openPair();
    serverDuplex.isMuted = true;
    const end = client.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(await server.closed).toMatchObject({ kind: 'closed_by_peer' });
    expect(await end).toEqual({ kind: 'closed_by_us', code: 0, allArrived: false });

    const mute = await openPair();
    mute.clientDuplex.isMuted = true;
    const unanswered = mute.client.close(1);
    await vi.advanceTimersByTimeAsync(1999);
    expect(await isPending(unanswered)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await unanswered).toEqual({ kind: 'closed_by_us', code: 1, allArrived: false });
    expect(await mute.server.closed).toEqual({ kind: 'lost', cause: 'connection' });
  });

  test('what still arrives after our CLOSE is delivered', async () => {
    const { client, server } = await openPair();
    const reading = readAll(client);
    void server.send(32, text('on its way'));
    const end = client.close();
    expect(await end).toMatchObject({ kind: 'closed_by_us', code: 0 });
    expect(await reading).toEqual(['on its way']);
    await server.closed;
  });

  test('records not yet taken by the connection are not sent after CLOSE', async () => {
    const { client, server, clientDuplex } = await openPair();
    const reading = readAll(server);
    clientDuplex.isStalled = true;
    const sends = ['one', 'two', 'three'].map((value) => client.send(32, text(value)));
    const settled = Promise.allSettled(sends);
    clientDuplex.isStalled = false;
    const end = client.close();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await end).toMatchObject({ kind: 'closed_by_us' });
    expect(await reading).toEqual(['one']);
    for (const { status } of await settled) expect(status).toBe('rejected');
    await server.closed;
  });

  test('records not yet taken are refused at once, not only when CLOSE is answered', async () => {
    const { client, server, clientDuplex } = await openPair();
    clientDuplex.isStalled = true;
    const sends = [client.send(32, text('one')), client.send(32, text('two'))];
    const inHand = sends[0]?.catch((error: unknown) => error);
    clientDuplex.isMuted = true;
    const end = client.close();
    await expect(sends[1]).rejects.toThrow(errorWith('session_over'));
    expect(await isPending(end)).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await inHand).toEqual(errorWith('session_over'));
    await Promise.all([end, server.closed]);
  });

  test('a connection that ends without CLOSE is lost, whatever was read before', async () => {
    const { client, server, clientDuplex } = await openPair();
    await client.send(32, text('made it'));
    const reading = readAll(server);
    clientDuplex.terminate();
    expect(await server.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await reading).toEqual(['made it']);
    await expect(client.send(32, text('late'))).rejects.toThrow(errorWith('session_over'));
  });

  test('a rejected record cuts the connection without a word', async () => {
    const { client, server, serverDuplex } = await openPair();
    const before = serverDuplex.sent.length;
    serverDuplex.deliver(new Uint8Array(286));
    expect(await server.closed).toEqual({ kind: 'protocol_error' });
    expect(serverDuplex.sent).toHaveLength(before);
    expect(await client.closed).toEqual({ kind: 'lost', cause: 'connection' });
  });

  test('the application can cut the connection too', async () => {
    const { client, server, clientDuplex } = await openPair();
    const close = vi.spyOn(clientDuplex, 'close');
    // Also one that would not close: it is cut.
    clientDuplex.isStuck = true;
    const end = client.reject();
    expect(clientDuplex.hasEnded).toBe(true);
    expect(await end).toEqual({ kind: 'protocol_error' });
    expect(await server.closed).toEqual({ kind: 'lost', cause: 'connection' });
    expect(await client.reject()).toEqual({ kind: 'protocol_error' });
    expect(await client.close()).toEqual({ kind: 'protocol_error' });
    expect(close).toHaveBeenCalledOnce();
  });

  test('a connection that will not close is cut after 2 s', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    clientDuplex.isStuck = true;
    serverDuplex.isStuck = true;
    const end = client.close();
    await vi.advanceTimersByTimeAsync(1999);
    expect(await isPending(end)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toMatchObject({ kind: 'closed_by_us', allArrived: true });
    expect(await server.closed).toMatchObject({ kind: 'closed_by_peer' });
    expect([clientDuplex.hasEnded, serverDuplex.hasEnded]).toEqual([true, true]);
  });

  test('of which one fails is not taken for one that is slow', async () => {
    const { client, server, clientDuplex, serverDuplex } = await openPair();
    clientDuplex.isStuck = true;
    serverDuplex.isStuck = true;
    Object.defineProperty(clientDuplex, 'closed', { value: Promise.reject(new Error('EIO')) });
    expect(await client.close()).toMatchObject({ kind: 'closed_by_us' });
    expect(clientDuplex.hasEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    await server.closed;
  });

  test('leaving the records closes the channel', async () => {
    const { client, server } = await openPair();
    await client.send(32, text('one'));
    for await (const _ of server.records) break;
    expect(await server.closed).toMatchObject({ kind: 'closed_by_us', code: 0 });
    expect(await client.closed).toMatchObject({ kind: 'closed_by_peer', code: 0 });
  });
});
