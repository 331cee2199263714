// GOALS: a handshake cut at each byte, dead at each byte, silent at each byte, in both directions, the upgrade included.
import { reportSoak, soakCount } from '@gravy/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  breakAtEach,
  bytesOfHandshake,
  goSilent,
  offsetsOf,
  type Way,
} from '../test/trials/broken-handshakes.js';
import { type HandshakeBytes, ProxiedHandshakes } from '../test/trials/proxied-handshakes.js';

const WAYS = ['toServer', 'toClient'] as const;
/** Handshakes that are silent at the same time. */
const SILENT_AT_ONCE = 250;
/** Of a client for message 4, the longest wait there is, and a little more for a busy machine. */
const LONGEST_WAIT_MS = 65_000 + 5_000;
const UPGRADE_TIMEOUT_MS = 10_000;

let bytes: HandshakeBytes;
beforeAll(async () => {
  bytes = await bytesOfHandshake();
});

/** All offsets, or at a smaller scale every so many. */
function offsets(way: Way): number[] {
  const all = offsetsOf(bytes, way);
  const stride = Math.ceil(all.length / soakCount(all.length));
  return all.filter((offset) => offset % stride === 0);
}

describe.each(WAYS)('a handshake %s', (way) => {
  test.each(['cutAt', 'endAt'] as const)('broken at each byte: %s', async (by) => {
    const started = performance.now();
    const all = offsets(way);
    const { handshakes } = await breakAtEach({ bytes, way, by, offsets: all });
    expect(handshakes).toBe(all.length);
    const seconds = (performance.now() - started) / 1_000;
    reportSoak(
      `handshake ${by} ${way}`,
      `${handshakes} of ${bytes[way]} offsets, no session, ${seconds.toFixed(0)} s`,
    );
  });

  test('silent at each byte, in real time', async () => {
    const all = offsets(way);
    let longestMs = 0;
    let mayHaveAccepted = 0;
    const handshakes = await ProxiedHandshakes.open({ maxUnauthenticated: 2 * SILENT_AT_ONCE });
    try {
      for (let at = 0; at < all.length; at += SILENT_AT_ONCE) {
        const waiting: Promise<void>[] = [];
        for (const offset of all.slice(at, at + SILENT_AT_ONCE)) {
          if (way === 'toClient' && offset >= bytes.toClientUpToReply) mayHaveAccepted += 1;
          const index = handshakes.proxy.connections.length;
          const started = performance.now();
          const dialled = goSilent(handshakes, {
            way,
            offset,
            upgradeTimeoutMs: UPGRADE_TIMEOUT_MS,
          });
          waiting.push(
            dialled.then(({ kind }) => {
              expect(kind, `${way} ${offset}`).toBe('failed');
              longestMs = Math.max(longestMs, performance.now() - started);
            }),
          );
          // One after the other: the treatment is that of the next connection.
          await handshakes.proxy.connection(index);
        }
        await Promise.all(waiting);
      }
      expect(longestMs).toBeLessThan(LONGEST_WAIT_MS);
      expect((await handshakes.hostSessions()).length).toBeLessThanOrEqual(mayHaveAccepted);
    } finally {
      await handshakes.close();
    }
    reportSoak(
      `handshake silent ${way}`,
      `${all.length} of ${bytes[way]} offsets, no session, given up after ${(longestMs / 1_000).toFixed(1)} s at most`,
    );
  });
});
