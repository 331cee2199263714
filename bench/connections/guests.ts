// Many guests in one process: each with a key of its own over a connection of its own, and nothing to say.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Channel, openChannel, OwnKey, ProtocolError, upgradePath } from '@gravy/protocol';
import { dial, TransportError } from '@gravy/transport';
import { serveCalls } from '../processes/serve-calls.ts';

/** Attempts under way: well below the number of strangers that a host keeps. */
const AT_ONCE = 16;

const channels = new Set<Channel>();

function keyOf(index: number): OwnKey {
  const seed = new Uint8Array(32).fill(9);
  new DataView(seed.buffer).setUint32(0, index);
  return OwnKey.fromSeed(seed);
}

/** False if the host did not let this guest in: on a busy machine it drops who takes its turn too late. */
async function connect(url: string, peerId: Uint8Array, index: number): Promise<boolean> {
  const ownKey = keyOf(index);
  try {
    const connection = await dial(url, { path: upgradePath(peerId) });
    const channel = await openChannel(connection, { role: 'client', ownKey, peerId });
    channels.add(channel);
    void channel.closed.then(() => channels.delete(channel));
    return true;
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof TransportError) return false;
    throw error;
  } finally {
    ownKey.erase();
  }
}

const calls = {
  /** Their ids, as a host takes them. */
  ids: (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => Buffer.from(keyOf(index).id).toString('hex')),

  /** Connects them, no more than so many in a second; resolves with how many attempts were in vain. */
  connect: async (host: {
    readonly url: string;
    readonly id: Uint8Array;
    readonly count: number;
    readonly perSecond: number;
  }): Promise<number> => {
    const start = performance.now();
    const mostAttempts = host.count * 2;
    let next = 0;
    let attempts = 0;
    const connectSome = async (): Promise<void> => {
      for (let index = next++; index < host.count; index = next++) {
        for (let isIn = false; !isIn;) {
          if (attempts > mostAttempts) throw new Error('The host lets hardly anybody in.');
          const earlyMs = start + (attempts++ * 1000) / host.perSecond - performance.now();
          if (earlyMs > 0) await sleep(earlyMs);
          isIn = await connect(host.url, host.id, index);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, connectSome));
    return attempts - host.count;
  },

  /** How many are connected. */
  connected: (): number => channels.size,
};
export type GuestsCalls = typeof calls;

serveCalls(calls);
