import { expect, test, vi } from 'vitest';
import { nodeBackend } from '../src/backend/node/node.js';
import { entropyOf } from '../src/random-source.js';
import { sealRecord } from '../src/record/direction.js';
import { openAsServer } from '../src/record/open-as-server.js';
import { startServerState } from '../src/record/session-state.js';
import { errorWith, runHandshake } from './pair.js';

// The real limit, 2^48, is checked by its number; the counting is the same for a smaller one.
vi.mock(import('../src/limits.js'), async (importOriginal) => {
  const limits = await importOriginal();
  if (limits.MAX_SEQUENCE !== 2 ** 48) throw new Error('this is not the specified limit');
  return { ...limits, MAX_SEQUENCE: 64, EPOCH_RESERVE_RECORDS: 16, MAX_RECORDS_PER_EPOCH: 60 };
});

const NOTHING = new Uint8Array(0);

test('a session ends with its sequence numbers, which no rekey begins anew', () => {
  const { client, server } = runHandshake();
  for (let count = 0; count < 63; count += 1) {
    // The records of one epoch do not suffice, so that the sequence is what ends.
    if (count === 30) {
      server.open(client.sealRekeyStart(1));
      client.open(server.sealRekeyAnswer(1));
    } else {
      server.open(client.seal(32, NOTHING, 1));
    }
    expect([client.isNearLimit, server.isNearLimit]).toEqual([count >= 47, count >= 47]);
  }
  expect(() => client.seal(32, NOTHING, 1)).toThrow(errorWith('limit_reached'));
  expect(() => client.sealRekeyStart(1)).toThrow(errorWith('limit_reached'));
  expect(server.open(client.sealClose(5, 1)).kind).toBe(31);
});

test.each([
  ['sequence', { sequence: 64, recordsInEpoch: 0 }, { sequence: 63, recordsInEpoch: 0 }],
  ['epoch', { sequence: 60, recordsInEpoch: 60 }, { sequence: 59, recordsInEpoch: 59 }],
])('a record beyond the limit of a %s is refused', (_name, beyond, last) => {
  const start = startServerState({
    clientToServer: new Uint8Array(32).fill(1),
    serverToClient: new Uint8Array(32).fill(2),
    root: new Uint8Array(32).fill(3),
    sessionId: new Uint8Array(32).fill(4),
  });
  const entropy = entropyOf(nodeBackend, undefined);
  const record = { kind: 32, timeMs: 1, body: NOTHING };
  const open = (position: typeof last): unknown => {
    const state = { ...start, receiving: { ...start.receiving, ...position } };
    return openAsServer(entropy, state, sealRecord(nodeBackend, state.receiving, record).frame);
  };
  expect(open(last)).toMatchObject({ record: { kind: 32 } });
  expect(() => open(beyond)).toThrow(errorWith('record_rejected'));
});
