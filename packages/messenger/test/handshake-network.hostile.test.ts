// Handshakes of the real ends over a network that cuts, delays, splits and goes silent. The long form tries every byte.
import { SeededRandom } from '@gravy/testing';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  breakAtEach,
  bytesOfHandshake,
  goSilent,
  offsetsOf,
  type Way,
} from './trials/broken-handshakes.js';
import {
  type HandshakeBytes,
  type Outcome,
  ProxiedHandshakes,
} from './trials/proxied-handshakes.js';

const WAYS = ['toServer', 'toClient'] as const;
const SAMPLES = 40;
/** Of a client for message 4, the longest wait there is in a handshake. */
const LONGEST_WAIT_MS = 65_000;

describe('a handshake', { timeout: 30_000 }, () => {
  let bytes: HandshakeBytes;
  const opened: ProxiedHandshakes[] = [];

  beforeAll(async () => {
    bytes = await bytesOfHandshake();
  });
  afterEach(async () => {
    vi.useRealTimers();
    for (const handshakes of opened.splice(0)) await handshakes.close();
  });
  const open = async (seed = 1): Promise<ProxiedHandshakes> => {
    const handshakes = await ProxiedHandshakes.open({ seed });
    opened.push(handshakes);
    return handshakes;
  };
  /** The edges of the direction, and some offsets in between. */
  const sample = (way: Way, seed: number): number[] => {
    const random = new SeededRandom(seed);
    const all = offsetsOf(bytes, way);
    const picked = Array.from({ length: SAMPLES }, () => random.pick(all));
    const edges = [0, 1, bytes.toClientUpToReply - 1, bytes.toClientUpToReply, bytes[way] - 1];
    return [...edges, ...picked].filter((offset) => offset < bytes[way]);
  };

  it.each(WAYS)('that is cut gives no session, wherever: %s', async (way) => {
    const offsets = sample(way, 11);
    expect(await breakAtEach({ bytes, way, by: 'cutAt', offsets })).toEqual({
      handshakes: offsets.length,
    });
  });

  it.each(WAYS)('whose peer dies gives no session, wherever: %s', async (way) => {
    const offsets = sample(way, 12);
    await breakAtEach({ bytes, way, by: 'endAt', offsets });
  });

  it('comes about over a line that carries single bytes', async () => {
    const handshakes = await open();
    const one = { split: 'single bytes' } as const;
    await talks(handshakes, await handshakes.dial({ toServer: one, toClient: one }));
  });

  it('comes about over lines that split and delay as they like', async () => {
    const handshakes = await open(21);
    for (let round = 0; round < 10; round += 1) {
      const line = {
        split: 'random',
        delayMs: (random: SeededRandom) => random.below(20),
      } as const;
      await talks(handshakes, await handshakes.dial({ toServer: line, toClient: line }));
    }
  });

  it.each(WAYS)('that goes silent is given up within its limits: %s', async (way) => {
    const handshakes = await open();
    const offsets = sample(way, 13).slice(0, 12);
    for (const offset of offsets) {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const index = handshakes.proxy.connections.length;
      // The upgrade is timed by a timer that cannot be moved on.
      const dialled = goSilent(handshakes, { way, offset, upgradeTimeoutMs: 200 });
      await (
        await handshakes.proxy.connection(index)
      ).halted;
      // In each second what has just arrived is treated, and may start to wait itself.
      for (let waitedMs = 0; waitedMs <= 2 * LONGEST_WAIT_MS; waitedMs += 1_000) {
        await vi.advanceTimersByTimeAsync(1_000);
        await setImmediate();
      }
      vi.useRealTimers();
      expect(await dialled, `${way} ${offset}`).toMatchObject({ kind: 'failed' });
    }
    expect(
      (await handshakes.hostSessions()).length,
      'sessions of the host, which had sent message 4',
    ).toBeLessThanOrEqual(
      way === 'toClient' ? offsets.filter((offset) => offset >= bytes.toClientUpToReply).length : 0,
    );
    // The host has let go of them as well.
    await vi.waitFor(() => expect(handshakes.unauthenticatedCount).toBe(0));
  });

  it('with nobody behind the line is given up', async () => {
    const handshakes = await open();
    const outcome = await handshakes.dial({ isBlackHole: true }, { timeoutMs: 100 });
    expect(outcome).toEqual({ kind: 'failed', code: 'unreachable' });
    expect(handshakes.hostOutcomes).toHaveLength(0);
  });

  /** The newest session of the host and this one of the guest are one. */
  async function talks(handshakes: ProxiedHandshakes, guest: Outcome): Promise<void> {
    const host = await handshakes.hostOutcomes.at(-1);
    if (guest.kind === 'failed' || host?.kind !== 'session')
      throw new Error('There is no session.');
    const body = new SeededRandom(3).bytes(1_000);
    for (const [from, to] of [
      [guest.channel, host.channel],
      [host.channel, guest.channel],
    ] as const) {
      await from.send(200, body);
      const { value } = await to.records[Symbol.asyncIterator]().next();
      expect(value).toMatchObject({ kind: 200, body });
    }
  }
});
