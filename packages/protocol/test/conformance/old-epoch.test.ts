// The old chain is good until the first record of the new epoch has opened, and no longer: Spec 4.4.
import { expect, test } from 'vitest';
import { nodeBackend } from '../../src/backend/node/node.js';
import { entropyOf } from '../../src/random-source.js';
import { enterNextEpoch, sealRecord, startDirection } from '../../src/record/direction.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { completeRekey, startRekey } from '../../src/record/rekey/outstanding-rekey.js';
import { ServerSession } from '../../src/record/server-session.js';
import { openRecord } from '../../src/record/direction.js';
import { errorWith } from '../pair.js';

const NOTHING = new Uint8Array(0);
const text = { kind: 32, body: NOTHING, timeMs: 1 };

const secrets = () => ({
  clientToServer: new Uint8Array(32).fill(1),
  serverToClient: new Uint8Array(32).fill(2),
  root: new Uint8Array(32).fill(3),
  sessionId: new Uint8Array(32).fill(4),
});

/** A server that has answered a rekey, and a client by hand that holds both chains. */
function afterRekey2() {
  const entropy = entropyOf(nodeBackend, undefined);
  const server = new ServerSession(new Uint8Array(32), entropy, secrets());
  const outstanding = startRekey(entropy, 1);
  const start = startDirection(secrets().clientToServer);
  const record = { kind: PROTOCOL_KIND.rekey1, body: outstanding.rekey1, timeMs: 1 };
  const { frame, next: oldChain } = sealRecord(nodeBackend, start, record);
  server.open(frame);
  const answer = server.sealRekeyAnswer(1);
  const opened = openRecord(nodeBackend, startDirection(secrets().serverToClient), answer);
  const keys = completeRekey(entropy, outstanding, secrets(), opened.record.body);
  if (!keys) throw new Error('the answer is malformed');
  return { server, oldChain, newChain: enterNextEpoch(oldChain, keys.clientToServer) };
}

test('records of the old chain are taken after REKEY2, and then those of the new one', () => {
  const { server, oldChain, newChain } = afterRekey2();
  const late = sealRecord(nodeBackend, oldChain, text);
  expect(server.open(late.frame).kind).toBe(32);
  const first = sealRecord(nodeBackend, { ...newChain, sequence: late.next.sequence }, text);
  expect(server.open(first.frame).kind).toBe(32);
});

test('the next record of the old chain is refused once the new one has been used', () => {
  const { server, oldChain, newChain } = afterRekey2();
  const first = sealRecord(nodeBackend, newChain, text);
  expect(server.open(first.frame).kind).toBe(32);
  // In sequence, and under the very key that the old chain would give: only the epoch speaks against it.
  const late = sealRecord(nodeBackend, { ...oldChain, sequence: first.next.sequence }, text);
  expect(() => server.open(late.frame)).toThrow(errorWith('record_rejected'));
});
