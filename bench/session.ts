// Seal and open one record in one process: bodies of three sizes, against what others do for a message.
import { portableBackend, type CryptoBackend } from '@gravy/protocol';
import { nodeBackend } from '@gravy/protocol/node';
import { sodiumBackend } from '@gravy/protocol/sodium';
import { gravyPeers } from './peers/gravy.ts';
import { confirm, connectSignal, type SignalSession } from './peers/libsignal.ts';
import { connectNoise, sendOverNoise } from './peers/noise.ts';
import { openSecretstream } from './peers/secretstream.ts';
import { speedFigure, timeFigure, type Figure, type Goal, type Report } from './report.ts';
import { interleaved, spreadOf, timingOf, type Contender, type Timing } from './rounds.ts';

const TEXT = 32;
const NODE = 'gravy, node';
const SODIUM = 'gravy, sodium';
const SIGNAL_ONE_WAY = 'libsignal, one direction';
const SIGNAL_IN_TURNS = 'libsignal, taking turns';
const NOISE = 'libp2p-noise';

interface Size {
  readonly bytes: number;
  /** How many times as fast as libsignal and libp2p-noise we mean to be. */
  readonly nodeOverSignal: Goal;
  readonly nodeOverNoise?: Goal;
  readonly sodiumOverNoise?: Goal;
}

const SIZES: readonly Size[] = [
  { bytes: 64, nodeOverSignal: { atLeast: 10 } },
  { bytes: 1_011, nodeOverSignal: { atLeast: 8 }, sodiumOverNoise: { atLeast: 1 } },
  { bytes: 65_523, nodeOverSignal: { atLeast: 3 }, nodeOverNoise: { atLeast: 0.9 } },
];

function check(received: number, body: Uint8Array): void {
  if (received !== body.length) throw new Error('Something got lost on the way.');
}

/** A fresh session for every round, so that no limit of records is met; its handshake is not timed. */
function gravy(name: string, backend: CryptoBackend, body: Uint8Array): Contender {
  const { connect } = gravyPeers(backend);
  let pair = connect();
  return {
    name,
    begin: () => {
      pair = connect();
    },
    run: (times) => {
      const { client, server } = pair;
      for (let count = 0; count < times; count += 1) {
        check(server.open(client.seal(TEXT, body, 1)).body.length, body);
      }
    },
  };
}

async function steadySignal(): Promise<SignalSession> {
  const connected = await connectSignal();
  await confirm(connected);
  return connected;
}

async function signalOneWay(body: Uint8Array<ArrayBuffer>): Promise<Contender> {
  const { alice, bob } = await steadySignal();
  return {
    name: SIGNAL_ONE_WAY,
    run: async (times) => {
      for (let count = 0; count < times; count += 1) {
        check((await bob.decrypt(await alice.encrypt(body, bob), alice)).length, body);
      }
    },
  };
}

async function signalInTurns(body: Uint8Array<ArrayBuffer>): Promise<Contender> {
  const { alice, bob } = await steadySignal();
  let [sender, receiver] = [alice, bob];
  return {
    name: SIGNAL_IN_TURNS,
    run: async (times) => {
      for (let count = 0; count < times; count += 1) {
        const message = await sender.encrypt(body, receiver);
        check((await receiver.decrypt(message, sender)).length, body);
        [sender, receiver] = [receiver, sender];
      }
    },
  };
}

async function noise(body: Uint8Array): Promise<Contender> {
  const pair = await connectNoise();
  return {
    name: NOISE,
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

/** Whichever way of using libsignal came out faster. */
function fasterSignal(timings: readonly Timing[]): Timing {
  const [oneWay, inTurns] = [timingOf(timings, SIGNAL_ONE_WAY), timingOf(timings, SIGNAL_IN_TURNS)];
  return spreadOf(oneWay.samples).median <= spreadOf(inTurns.samples).median ? oneWay : inTurns;
}

async function measure(goals: Size): Promise<readonly Figure[]> {
  const body = new Uint8Array(goals.bytes).fill(7);
  const timings = await interleaved([
    gravy(NODE, nodeBackend, body),
    gravy(SODIUM, sodiumBackend, body),
    gravy('gravy, portable', portableBackend, body),
    await signalOneWay(body),
    await signalInTurns(body),
    await noise(body),
    secretstream(body),
  ]);
  const [node, sodium] = [timingOf(timings, NODE), timingOf(timings, SODIUM)];
  const [signal, libp2p] = [fasterSignal(timings), timingOf(timings, NOISE)];
  const ratio = (one: Timing, other: Timing, goal?: Goal): Figure =>
    speedFigure(`${goals.bytes} B: ${one.name} against ${other.name}`, one, other, goal);
  return [
    ...timings.map((timing) => timeFigure(`${goals.bytes} B: ${timing.name}`, timing, 'us')),
    ratio(node, signal, goals.nodeOverSignal),
    ratio(node, libp2p, goals.nodeOverNoise),
    ratio(sodium, libp2p, goals.sodiumOverNoise),
  ];
}

export async function session(): Promise<Report> {
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await measure(size)));
  return { name: 'session', figures };
}
