// Whole handshakes, both sides in one process, after which both have proven their long-term keys.
import { portableBackend, type CryptoBackend } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { sodiumBackend } from '@gravy/protocol/sodium';
import { gravyPeers } from './peers/gravy.ts';
import { connectSignal } from './peers/libsignal.ts';
import { connectNoise } from './peers/noise.ts';
import type { Figure, Report } from './report.ts';
import { interleaved, type Contender } from './rounds.ts';

const GOAL = 1.2;

function gravy(name: string, backend: CryptoBackend): Contender {
  const { connect } = gravyPeers(backend);
  return {
    name: `gravy, ${name}`,
    run: (times) => {
      for (let count = 0; count < times; count += 1) {
        const { client, server } = connect();
        client.erase();
        server.erase();
      }
    },
  };
}

const repeating = (name: string, connect: () => Promise<unknown>): Contender => ({
  name,
  run: async (times) => {
    for (let count = 0; count < times; count += 1) await connect();
  },
});

export async function handshake(): Promise<Report> {
  const timings = await interleaved([
    gravy('node', nodeBackend),
    gravy('sodium', sodiumBackend),
    gravy('portable', portableBackend),
    repeating('libsignal, PQXDH with its prekeys', connectSignal),
    repeating('libp2p-noise, XX', connectNoise),
  ]);
  const [node = 0, , , signal = 0, noise = 0] = timings.map(({ microseconds }) => microseconds);
  const figures: readonly Figure[] = [
    ...timings.map(({ name, microseconds }) => ({
      what: name,
      value: microseconds / 1000,
      unit: 'ms',
    })),
    {
      what: 'node back end against libsignal',
      value: signal / node,
      unit: 'times as fast',
      atLeast: GOAL,
    },
    {
      what: 'node back end against libp2p-noise',
      value: noise / node,
      unit: 'times as fast',
      atLeast: GOAL,
    },
  ];
  return { name: 'handshake', figures };
}
