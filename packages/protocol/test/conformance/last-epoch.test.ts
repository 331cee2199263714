// Epochs stay below 2^31, whoever asks: Spec 4.5 and 6.
import { expect, test } from 'vitest';
import { nodeBackend } from '../../src/backend/node/node.js';
import { entropyOf } from '../../src/random-source.js';
import { sealRecord } from '../../src/record/direction.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { openAsServer } from '../../src/record/open-as-server.js';
import { startRekey } from '../../src/record/rekey/outstanding-rekey.js';
import { startServerState } from '../../src/record/session-state.js';
import { errorWith } from '../pair.js';

test('a REKEY1 is taken up to epoch 2^31 - 1, and is fatal beyond', () => {
  const entropy = entropyOf(nodeBackend, undefined);
  const start = startServerState({
    clientToServer: new Uint8Array(32).fill(1),
    serverToClient: new Uint8Array(32).fill(2),
    root: new Uint8Array(32).fill(3),
    sessionId: new Uint8Array(32).fill(4),
  });
  const openIn = (epoch: number): unknown => {
    const state = { ...start, receiving: { ...start.receiving, epoch } };
    const body = startRekey(entropy, epoch + 1).rekey1;
    const record = { kind: PROTOCOL_KIND.rekey1, body, timeMs: 1 };
    return openAsServer(entropy, state, sealRecord(nodeBackend, state.receiving, record).frame);
  };
  expect(openIn(2 ** 31 - 2)).toMatchObject({ next: { rekey: { kind: 'owed' } } });
  expect(() => openIn(2 ** 31 - 1)).toThrow(errorWith('record_rejected'));
});
