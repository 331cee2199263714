// Whole handshakes, both sides in one process.
import { portableBackend, type CryptoBackend } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { sodiumBackend } from '@gravy/protocol/sodium';
import { gravyPeers } from './peers/gravy.ts';
import { confirm, connectSignal } from './peers/libsignal.ts';
import { connectNoise } from './peers/noise.ts';
import { speedFigure, timeFigure, type Goal, type Report } from './report.ts';
import { interleaved, timingOf, type Contender } from './rounds.ts';

const NODE = 'gravy, node';
const SIGNAL = 'libsignal, PQXDH with its prekeys';
const SIGNAL_CONFIRMED = 'libsignal, the same and a reply';
const NOISE = 'libp2p-noise, XX';

/** How many times as fast as each the node back end is to be. */
const GOALS: readonly { readonly peer: string; readonly goal?: Goal }[] = [
  { peer: SIGNAL, goal: { atLeast: 1.2 } },
  { peer: SIGNAL_CONFIRMED },
  { peer: NOISE, goal: { atLeast: 1.2 } },
];

function gravy(name: string, backend: CryptoBackend): Contender {
  const { connect } = gravyPeers(backend);
  return {
    name,
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
    gravy(NODE, nodeBackend),
    gravy('gravy, sodium', sodiumBackend),
    gravy('gravy, portable', portableBackend),
    repeating(SIGNAL, connectSignal),
    repeating(SIGNAL_CONFIRMED, async () => confirm(await connectSignal())),
    repeating(NOISE, connectNoise),
  ]);
  const node = timingOf(timings, NODE);
  const figures = [
    ...timings.map((timing) => timeFigure(timing.name, timing, 'ms')),
    ...GOALS.map(({ peer, goal }) =>
      speedFigure(`${NODE} against ${peer}`, node, timingOf(timings, peer), goal),
    ),
  ];
  return { name: 'handshake', figures };
}
