import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../src/index.js';
import { Ends } from './open-ends.js';

const MAX = 262_174;

describe.each(['client', 'server'] as const)('a connection, from the %s', (side) => {
  let ends: Ends;
  let here: Connection;
  let there: Connection;

  beforeEach(async () => {
    ends = await Ends.open();
    const { client, server } = await ends.dial();
    server.raise('authenticated');
    [here, there] = side === 'client' ? [client, server] : [server, client];
  });
  afterEach(() => ends.close());

  const collect = async (from: Connection, count = Infinity): Promise<Uint8Array[]> => {
    const messages: Uint8Array[] = [];
    for await (const message of from.messages) {
      messages.push(message);
      if (messages.length === count) break;
    }
    return messages;
  };

  it('carries 1,000 messages of every size whole and in order', async () => {
    const sizes = Array.from({ length: 1_000 }, (_, index) =>
      index % 100 === 99 ? MAX : (index * 37) % 2_000,
    );
    const sending = (async () => {
      for (const [index, size] of sizes.entries()) {
        await here.send(new Uint8Array(size).fill(index % 256));
      }
    })();
    const messages = await collect(there, sizes.length);
    await sending;
    expect(messages.map(({ length }) => length)).toEqual(sizes);
    expect(messages.every((message, index) => message.every((byte) => byte === index % 256))).toBe(
      true,
    );
  });

  it('carries what is sent in one turn without waiting, in order', async () => {
    const sent = Array.from({ length: 500 }, (_, index) => here.send(Uint8Array.of(index % 256)));
    const messages = await collect(there, 500);
    await Promise.all(sent);
    expect(messages.map(([byte]) => byte)).toEqual(sent.map((_, index) => index % 256));
  });

  it('keeps what it was given until that is written, though the reader does not read for a while', async () => {
    const size = 200_000;
    const sent = Array.from({ length: 60 }, (_, index) =>
      here.send(new Uint8Array(size).fill(index + 1)),
    );
    // What had been freed too early would be in these by now.
    const others: Uint8Array[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      others.push(...Array.from({ length: 10 }, () => new Uint8Array(size).fill(255)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const messages = await collect(there, sent.length);
    await Promise.all(sent);
    const expected = sent.map((_, index) => Buffer.alloc(size, index + 1));
    expect(messages.map((each, at) => Buffer.compare(each, expected[at] ?? each))).toEqual(
      sent.map(() => 0),
    );
    expect(others).toHaveLength(200);
  });

  it('waits for a reader that does not read, and holds little meanwhile', async () => {
    let taken = 0;
    const sending = (async () => {
      for (; taken < 400; taken += 1) await here.send(new Uint8Array(MAX));
    })();
    // Sending comes to a stop when everything between the two is full; then nothing moves any more.
    for (let last = -1; last !== taken;) {
      last = taken;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(taken).toBeLessThan(100);
    expect(here.bufferedAmount).toBeLessThan(3 * MAX);
    expect(await collect(there, 400)).toHaveLength(400);
    await sending;
  });

  it('closes in order: what was sent arrives, both see a clean end', async () => {
    await here.send(Uint8Array.of(1));
    await here.send(Uint8Array.of(2));
    here.close();
    expect(await here.closed).toEqual({ clean: true });
    expect(await there.closed).toEqual({ clean: true });
    expect(await collect(there)).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
    await expect(here.send(Uint8Array.of(3))).rejects.toMatchObject({ code: 'connection_lost' });
    await expect(there.send(Uint8Array.of(3))).rejects.toMatchObject({ code: 'connection_lost' });
  });

  it('that is cut is not clean, and what waited for room is told', async () => {
    const sends: Promise<unknown>[] = [];
    for (let index = 0; index < 100; index += 1) {
      sends.push(here.send(new Uint8Array(MAX)).catch((error: unknown) => error));
    }
    here.terminate();
    expect(await here.closed).toEqual({ clean: false });
    // The other end notices once it has read what came before.
    await collect(there);
    expect(await there.closed).toEqual({ clean: false });
    const outcomes = await Promise.all(sends);
    expect(outcomes.at(-1)).toMatchObject({ code: 'connection_lost' });
    expect(await collect(here)).toEqual([]);
  });

  it('closes in time although the other end does not read', async () => {
    for (let index = 0; index < 20; index += 1) void there.send(new Uint8Array(MAX)).catch(() => 0);
    here.close();
    await here.closed;
    await there.closed;
  });

  it('is read once', async () => {
    here.close();
    expect(await collect(here)).toEqual([]);
    expect(() => here.messages[Symbol.asyncIterator]()).toThrow(TypeError);
  });

  it('tells where the other end is', () => {
    expect(here.remoteAddress).toBe('127.0.0.1');
  });
});
