// Seal and open one record in one process: bodies of three sizes, against what others do for a message.
import { portableBackend, type CryptoBackend } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { sodiumBackend } from '@gravy/protocol/sodium';
import { gravyPeers } from './peers/gravy.ts';
import { connectSignal } from './peers/libsignal.ts';
import { connectNoise, sendOverNoise } from './peers/noise.ts';
import { openSecretstream } from './peers/secretstream.ts';
import type { Figure, Report } from './report.ts';
import { interleaved, type Contender, type Timing } from './rounds.ts';

const TEXT = 32;

interface Goal {
  readonly bytes: number;
  /** How many times as fast as libsignal, and as libp2p-noise, we mean to be. */
  readonly libsignal: number;
  readonly noise?: number;
  readonly sodiumOverNoise?: number;
}

const GOALS: readonly Goal[] = [
  { bytes: 64, libsignal: 10 },
  { bytes: 1_011, libsignal: 8, sodiumOverNoise: 1 },
  { bytes: 65_523, libsignal: 3, noise: 0.9 },
];

function check(received: number, body: Uint8Array): void {
  if (received !== body.length) throw new Error('Something got lost on the way.');
}

/** Each session is begun anew for every round, so that no record limit is met. */
function gravy(name: string, backend: CryptoBackend, body: Uint8Array): Contender {
  const { connect } = gravyPeers(backend);
  return {
    name: `gravy, ${name}`,
    run: (times) => {
      const { client, server } = connect();
      for (let count = 0; count < times; count += 1) {
        check(server.open(client.seal(TEXT, body, 1)).body.length, body);
      }
    },
  };
}

async function libsignal(body: Uint8Array<ArrayBuffer>): Promise<Contender> {
  const { alice, bob } = await connectSignal();
  return {
    name: 'libsignal, double ratchet',
    run: async (times) => {
      for (let count = 0; count < times; count += 1) {
        check((await bob.decrypt(await alice.encrypt(body, bob), alice)).length, body);
      }
    },
  };
}

async function noise(body: Uint8Array): Promise<Contender> {
  const pair = await connectNoise();
  return {
    name: 'libp2p-noise',
    run: (times) => {
      for (let count = 0; count < times; count += 1) check(sendOverNoise(pair, body), body);
    },
  };
}

function secretstream(body: Uint8Array): Contender {
  const send = openSecretstream();
  const buffer = Buffer.from(body);
  return {
    name: 'sodium-native, secretstream',
    run: (times) => {
      for (let count = 0; count < times; count += 1) check(send(buffer), body);
    },
  };
}

function timeOf(timings: readonly Timing[], name: string): number {
  return timings.find((timing) => timing.name === name)?.microseconds ?? Number.NaN;
}

async function measure(goal: Goal): Promise<readonly Figure[]> {
  const body = new Uint8Array(goal.bytes).fill(0x61);
  const timings = await interleaved([
    gravy('node', nodeBackend, body),
    gravy('sodium', sodiumBackend, body),
    gravy('portable', portableBackend, body),
    await libsignal(body),
    await noise(body),
    secretstream(body),
  ]);
  const [node, sodium] = [timeOf(timings, 'gravy, node'), timeOf(timings, 'gravy, sodium')];
  const [signal, libp2p] = [
    timeOf(timings, 'libsignal, double ratchet'),
    timeOf(timings, 'libp2p-noise'),
  ];
  const size = `${goal.bytes} B`;
  const ratio = (what: string, value: number, atLeast?: number): Figure => ({
    what: `${size}: ${what}`,
    value,
    unit: 'times as fast',
    ...(atLeast === undefined ? {} : { atLeast }),
  });
  return [
    ...timings.map(({ name, microseconds }) => ({
      what: `${size}: ${name}`,
      value: microseconds,
      unit: 'us',
    })),
    ratio('node back end against libsignal', signal / node, goal.libsignal),
    ratio('node back end against libp2p-noise', libp2p / node, goal.noise),
    ratio('sodium back end against libp2p-noise', libp2p / sodium, goal.sodiumOverNoise),
  ];
}

export async function session(): Promise<Report> {
  const figures: Figure[] = [];
  for (const goal of GOALS) figures.push(...(await measure(goal)));
  return { name: 'session', figures };
}
