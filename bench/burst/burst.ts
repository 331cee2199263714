// Many texts in one go, from the first call until the last one is known to be stored by the receiver.
import { newHome, removeHome } from '../peers/gravy-account.ts';
import { startChild, type Child } from '../processes/start-child.ts';
import type { Figure, Goal, Report } from '../report.ts';
import { spreadOf } from '../rounds.ts';
import type { ReceiverCalls } from './receiver.ts';
import type { SenderCalls, Spent } from './sender.ts';

const TEXTS = 20_000;
const ROUNDS = 7;
const GOAL: Goal = { atLeast: 8_000 };

interface Peers {
  readonly sender: Child<SenderCalls>;
  readonly receiver: Child<ReceiverCalls>;
}

interface Round {
  readonly ws: Spent;
  readonly gravy: Spent;
  readonly receiverMs: number;
}

async function connect({ sender, receiver }: Peers, home: string): Promise<void> {
  await sender.call('connectWithWs', await receiver.call('listenWithWs'));
  const id = await sender.call('openAccount', `${home}/sender`);
  await sender.call('connectWithGravy', await receiver.call('host', `${home}/receiver`, id));
}

async function roundOf({ sender, receiver }: Peers): Promise<Round> {
  const ws = await sender.call('burstWithWs', TEXTS);
  const before = await receiver.call('processorMs');
  const gravy = await sender.call('burstWithGravy', TEXTS);
  const receiverMs = (await receiver.call('processorMs')) - before;
  const stored = await receiver.call('takeStored');
  if (stored !== TEXTS) throw new Error(`${stored} texts were received instead of ${TEXTS}.`);
  return { ws, gravy, receiverMs };
}

function rate(what: string, spent: readonly Spent[], goal?: Goal): Figure {
  const { low, median, high } = spreadOf(spent.map(({ ms }) => (TEXTS * 1000) / ms));
  const figure = { what, value: median, unit: 'a second', range: [low, high] } as const;
  return goal ? { ...figure, goal } : figure;
}

function processor(what: string, milliseconds: readonly number[]): Figure {
  const { low, median, high } = spreadOf(milliseconds.map((ms) => (ms * 1000) / TEXTS));
  return { what, value: median, unit: 'us of CPU each', range: [low, high] };
}

export async function burst(): Promise<Report> {
  const home = newHome();
  const peers: Peers = {
    sender: startChild(new URL('sender.ts', import.meta.url)),
    receiver: startChild(new URL('receiver.ts', import.meta.url)),
  };
  try {
    await connect(peers, home);
    const first = await roundOf(peers);
    const rounds: Round[] = [];
    for (let count = 0; count < ROUNDS; count += 1) rounds.push(await roundOf(peers));
    const gravy = rounds.map((round) => round.gravy);
    return {
      name: 'burst',
      figures: [
        rate(
          'bare ws, echoed',
          rounds.map(({ ws }) => ws),
        ),
        rate('texts, stored at both ends', gravy, GOAL),
        rate('the first burst of the two processes', [first.gravy]),
        processor(
          'sender',
          gravy.map(({ processorMs }) => processorMs),
        ),
        processor(
          'receiver',
          rounds.map(({ receiverMs }) => receiverMs),
        ),
      ],
    };
  } finally {
    await Promise.all([peers.sender.end(), peers.receiver.end()]);
    removeHome(home);
  }
}
