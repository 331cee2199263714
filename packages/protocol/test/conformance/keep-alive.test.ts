// PING and PONG in unusual places: Spec 3.4.
import { expect, test, vi } from 'vitest';
import { PROTOCOL_KIND } from '../../src/record/kind.js';
import { serveByHand } from './serve-by-hand.js';
import { useHandTimers } from '../hand-timers.js';

const NOTHING = new Uint8Array(0);

useHandTimers();

test('a PING from the server is answered by one PONG', async () => {
  const { client, session, send, kinds } = await serveByHand();
  await send(session.seal(PROTOCOL_KIND.ping, NOTHING, 1));
  expect(kinds()).toEqual([PROTOCOL_KIND.pong]);
  await client.reject();
});

test('a PONG that nobody asked for shows that the peer lives, and has no other effect', async () => {
  const { client, session, send, kinds, isOver } = await serveByHand();
  for (let round = 0; round < 5; round += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    await send(session.seal(PROTOCOL_KIND.pong, NOTHING, 1));
  }
  // Five minutes with nothing else from the server: not taken for dead, nothing answered but with PINGs of its own.
  expect(isOver()).toBe(false);
  expect(new Set(kinds())).toEqual(new Set([PROTOCOL_KIND.ping]));
  expect(session.epoch).toBe(0);
  await client.reject();
});
