import { expect, test, vi } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { openRecord, sealRecord, type Direction } from '../src/record/direction.js';
import { areConnected, errorWith, runHandshake } from './pair.js';
import { openPair } from './open-pair.js';

// The real limit, 2^20, is checked by its number; the counting is the same for a smaller one.
vi.mock(import('../src/limits.js'), async (importOriginal) => {
  const limits = await importOriginal();
  if (limits.MAX_RECORDS_PER_EPOCH !== 2 ** 20) throw new Error('this is not the specified limit');
  if (limits.MAX_EPOCH !== 2 ** 31) throw new Error('this is not the specified limit');
  if (limits.SESSION_MAX_AGE_MS !== 604_800_000) throw new Error('this is not the specified limit');
  const smaller = { MAX_RECORDS_PER_EPOCH: 64, EPOCH_RESERVE_RECORDS: 16, MAX_EPOCH: 3 };
  return { ...limits, ...smaller, SESSION_MAX_AGE_MS: 60_000 };
});

const NOTHING = new Uint8Array(0);

test('an epoch has so many records each way, the last of them CLOSE', () => {
  const { client, server } = runHandshake();
  for (let count = 0; count < 63; count += 1) {
    expect([client.isNearLimit, server.isNearLimit]).toEqual([count >= 48, count >= 48]);
    server.open(client.seal(32, NOTHING, 1));
  }
  expect(() => client.seal(32, NOTHING, 1)).toThrow(errorWith('limit_reached'));
  expect(server.open(client.sealClose(5, 1)).kind).toBe(31);
  expect(areConnected(...fresh())).toBe(true);
});

function fresh() {
  const { client, server } = runHandshake();
  return [client, server] as const;
}

test('the last epoch is the end of a session', () => {
  const { client, server } = runHandshake();
  for (let epoch = 0; epoch < 2; epoch += 1) {
    expect([client.isNearLimit, server.isNearLimit]).toEqual([false, false]);
    server.open(client.sealRekeyStart(1));
    client.open(server.sealRekeyAnswer(1));
  }
  expect([client.isNearLimit, server.isNearLimit]).toEqual([true, true]);
  expect(() => client.sealRekeyStart(1)).toThrow(errorWith('limit_reached'));
  expect(server.open(client.sealClose(5, 1)).kind).toBe(31);
});

test('a channel closes with session age before its keys are used up', async () => {
  const { client, server } = await openPair();
  const received = (async () => {
    let count = 0;
    for await (const _ of server.records) count += 1;
    return count;
  })();
  let sent = 0;
  const sending = (async () => {
    for (;;) {
      await client.send(32, NOTHING);
      sent += 1;
    }
  })();
  await expect(sending).rejects.toThrow(errorWith('session_over'));
  expect(await client.closed).toMatchObject({ code: 5, allArrived: true });
  expect(await server.closed).toMatchObject({ code: 5 });
  expect(await received).toBe(sent);
  expect(sent).toBeGreaterThanOrEqual(48);
  expect(sent).toBeLessThan(64);
});

test('positions are counted over the whole range', () => {
  const chainKey = new Uint8Array(32).fill(1);
  const far: Direction = { chainKey, epoch: 2 ** 31, sequence: 2 ** 48 - 1, recordsInEpoch: 5 };
  const { frame, next } = sealRecord(nodeBackend, far, { kind: 32, body: NOTHING, timeMs: 1 });
  expect(Buffer.from(frame.subarray(0, 14)).toString('hex')).toBe('1000800000000000ffffffffffff');
  expect(openRecord(nodeBackend, far, frame).record.kind).toBe(32);
  expect(next).toMatchObject({ sequence: 2 ** 48, recordsInEpoch: 6 });
});

test('a channel closes with session age when it has lasted long enough, and not before', async () => {
  vi.useFakeTimers();
  const { client, server } = await openPair();
  let end: unknown;
  void server.closed.then((it) => {
    end = it;
  });
  await vi.advanceTimersByTimeAsync(59_999);
  expect(end).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(await client.closed).toMatchObject({ code: 5, allArrived: true });
  expect(await server.closed).toMatchObject({ code: 5, allArrived: true });
  vi.useRealTimers();
});
