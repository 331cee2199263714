// REKEY_REQ, and rekeys that meet other things on their way: Spec 4.1 and 4.4.
import { describe, expect, test, vi } from 'vitest';
import { nodeBackend } from '../../src/backend/node/node.js';
import { entropyOf } from '../../src/random-source.js';
import { ClientSession } from '../../src/record/client-session.js';
import { sealRecord, startDirection } from '../../src/record/direction.js';
import { decodeHeader } from '../../src/record/header.js';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { openPair } from '../open-pair.js';
import { serveByHand } from './serve-by-hand.js';
import { useHandTimers } from '../hand-timers.js';

const { rekey1, rekeyRequest, ping, pong, close } = PROTOCOL_KIND;
const NOTHING = new Uint8Array(0);
const REKEY2_FRAME_BYTES = 2078;

useHandTimers();

describe('a client', () => {
  test('answers REKEY_REQ with REKEY1 at once', async () => {
    const { client, session, send, kinds } = await serveByHand();
    await send(session.sealRekeyRequest(1));
    expect(kinds()).toEqual([rekey1]);
    await send(session.sealRekeyAnswer(1));
    await client.send(32, NOTHING);
    expect(kinds()).toEqual([32]);
    expect(session.epoch).toBe(1);
    await client.reject();
  });

  test('ignores a REKEY_REQ that crossed its REKEY1', async () => {
    const { client, session, send, kinds, isOver } = await serveByHand();
    await client.send(32, NOTHING);
    await vi.advanceTimersByTimeAsync(70_000);
    await send(session.seal(pong, NOTHING, 1));
    await vi.advanceTimersByTimeAsync(51_000);
    // REKEY1 is out, but this server has not seen it.
    await send(session.sealRekeyRequest(1));
    expect(kinds().filter((kind) => kind === rekey1)).toHaveLength(1);
    await send(session.sealRekeyAnswer(1));
    // It set no second clock going either: REKEY2 has come, and the 60 s for it end nothing any more.
    await vi.advanceTimersByTimeAsync(61_000);
    expect(isOver()).toBe(false);
    expect(session.epoch).toBe(1);
    await client.reject();
  });

  test('ignores any further one of the same epoch', () => {
    const secrets = () => ({
      clientToServer: new Uint8Array(32).fill(1),
      serverToClient: new Uint8Array(32).fill(2),
      root: new Uint8Array(32).fill(3),
      sessionId: new Uint8Array(32).fill(4),
    });
    const entropy = entropyOf(nodeBackend, undefined);
    const client = new ClientSession(new Uint8Array(32), entropy, secrets());
    client.sealRekeyStart(1);
    let direction = startDirection(secrets().serverToClient);
    for (let count = 0; count < 3; count += 1) {
      const record = { kind: rekeyRequest, body: NOTHING, timeMs: 1 };
      const { frame, next } = sealRecord(nodeBackend, direction, record);
      expect(client.open(frame).kind).toBe(rekeyRequest);
      direction = next;
    }
    expect([client.epoch, client.isRekeyOutstanding]).toEqual([0, true]);
    client.erase();
  });

  test('that has sent CLOSE does not answer REKEY_REQ', async () => {
    const { client, session, send, kinds } = await serveByHand();
    const end = client.close();
    await send(session.sealRekeyRequest(1));
    expect(kinds()).toEqual([close]);
    await send(session.sealClose(0, 1));
    expect(await end).toEqual({ kind: 'closed_by_us', code: 0, allArrived: true });
  });

  test('that closes while REKEY2 is late ends with its own reason, not with a rekey timeout', async () => {
    const { client, session, send, kinds } = await serveByHand();
    await client.send(32, NOTHING);
    for (const waitMs of [60_000, 60_001, 59_000]) {
      await vi.advanceTimersByTimeAsync(waitMs);
      await send(session.seal(pong, NOTHING, 1));
    }
    const end = client.close();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(kinds().filter((kind) => kind !== ping)).toEqual([32, rekey1, close]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toMatchObject({ kind: 'closed_by_us', code: 0 });
    expect(kinds()).toEqual([]);
  });
});

describe('a server', () => {
  test('answers REKEY1 before the texts that wait', async () => {
    const { client, server, serverDuplex } = await openPair();
    await client.send(32, NOTHING);
    await vi.advanceTimersByTimeAsync(119_900);
    serverDuplex.isStalled = true;
    const texts = [1, 2].map((fill) => server.send(32, new Uint8Array(fill)));
    const settled = Promise.allSettled(texts);
    await vi.advanceTimersByTimeAsync(200);
    const last = serverDuplex.sent.at(-1) ?? NOTHING;
    expect(last).toHaveLength(REKEY2_FRAME_BYTES);
    expect(decodeHeader(last)?.epoch).toBe(0);
    await server.reject();
    for (const { status } of await settled) expect(status).toBe('rejected');
  });
});
