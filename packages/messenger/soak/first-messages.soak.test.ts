// GOALS: what bad first messages cost a host, in its handshake and through its sockets, and what memory strangers can fill.
import { setTimeout } from 'node:timers/promises';
import { awaitHandshake, OwnKey, ProtocolError, startHandshake } from '@gravy/protocol';
import { mutate, reportSoak, SeededRandom, SlowClients, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { OVERSIZE, type Oversize, sendOversize } from '../test/trials/oversize.js';
import { SeparateHost } from '../test/trials/separate-host.js';

const MAX_CORES = 0.25;
const MIB = 2 ** 20;
const AT_ONCE = 32;

const key = (seedByte: number): OwnKey => OwnKey.fromSeed(new Uint8Array(32).fill(seedByte));
const [host, guest, other] = [key(1), key(2), key(3)];
const helloTo = (peer: OwnKey): Uint8Array =>
  startHandshake({ ownKey: guest, peerId: peer.id }).message;

const KINDS: Readonly<Record<string, (random: SeededRandom, hello: Uint8Array) => Uint8Array>> = {
  noise: (random) => random.bytes(1_252),
  'for somebody else': () => helloTo(other),
  'with a changed mac1': (random, hello) => {
    const changed = hello.slice();
    const at = changed.length - 1 - random.below(16);
    changed[at] = (changed[at] ?? 0) ^ (1 + random.below(255));
    return changed;
  },
  mutated: (random, hello) => mutate(random, hello),
};

test.each(Object.entries(KINDS))('10,000 a second in the handshake: %s', (name, make) => {
  const random = new SeededRandom(17);
  const hello = helloTo(host);
  const messages = Array.from({ length: 1_000 }, () => make(random, hello));
  const count = soakCount(100_000);
  let refused = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    try {
      awaitHandshake({ ownKey: host }).receive(messages[index % messages.length] ?? hello);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refused += 1;
    }
  }
  const { user, system } = process.cpuUsage(before);
  const microseconds = (user + system) / count;
  const cores = microseconds / 100;
  reportSoak(
    `bad first messages, ${name}`,
    `${count} messages, ${refused} refused, ${microseconds.toFixed(1)} µs each, ${(cores * 100).toFixed(1)} % of a core at 10,000/s`,
  );
  // A change may change nothing, and one that is taken back by the next: such a message is a good one.
  expect(refused).toBeGreaterThan(count * 0.97);
  expect(cores).toBeLessThan(MAX_CORES);
});

test('1,000 a second through sockets', async () => {
  const seconds = soakCount(60);
  const separate = await SeparateHost.start();
  try {
    const clients = await SlowClients.start({
      port: separate.port,
      path: separate.path,
      clients: 1_500,
      kinds: ['garbage'],
      addresses: 1,
      pauseMs: 900,
    });
    const [before, startedAt] = [await separate.figures(), performance.now()];
    await setTimeout(seconds * 1_000);
    const after = await separate.figures();
    const tookMs = performance.now() - startedAt;
    await clients.stop();
    const perSecond = ((after.upgrades - before.upgrades) / tookMs) * 1_000;
    const cores = (after.cpuMs - before.cpuMs) / tookMs;
    reportSoak(
      'bad first messages through sockets',
      `${perSecond.toFixed(0)}/s for ${seconds} s, ${(cores * 100).toFixed(1)} % of a core; at 1,000/s ${((cores / perSecond) * 100_000).toFixed(1)} %`,
    );
    expect((cores / perSecond) * 1_000).toBeLessThan(MAX_CORES);
  } finally {
    await separate.end();
  }
});

test.each(
  (Object.keys(OVERSIZE) as Oversize[]).flatMap((what) => [
    { what, atOnce: 1 },
    { what, atOnce: AT_ONCE },
  ]),
)('the memory that $what takes, from $atOnce at once', async ({ what, atOnce }) => {
  const separate = await SeparateHost.start();
  const rounds = soakCount(20);
  const growthMiB = async (): Promise<number> => {
    const { residentBytes } = await separate.figures();
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: atOnce }, () => sendOversize(separate, what)));
    }
    return ((await separate.figures()).residentBytes - residentBytes) / MIB;
  };
  try {
    await sendOversize(separate, what);
    const [first, second] = [await growthMiB(), await growthMiB()];
    reportSoak(
      `memory, ${what}`,
      `${rounds} times from ${atOnce} at once, ${first.toFixed(1)} MiB more resident; ${rounds} times more, ${second.toFixed(1)} MiB more`,
    );
    // A crowd makes the engine's heap as large as it likes for that much waste, once; nothing is kept.
    expect(atOnce === 1 ? first : second).toBeLessThan(64);
    expect(second).toBeLessThan(64);
  } finally {
    await separate.end();
  }
});
