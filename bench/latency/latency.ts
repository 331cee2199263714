// One message of 100 bytes from one process to another on loopback, one at a time.
import { newHome, removeHome } from '../peers/gravy-account.ts';
import { startChild, type Child } from '../processes/start-child.ts';
import type { Figure, Goal, Report } from '../report.ts';
import { SEED, shuffler, type Spread, spreadOf } from '../rounds.ts';
import { syncTimes } from '../processes/sync-times.ts';
import { CONTENDERS, type ContenderName } from './contenders.ts';
import type { ReceiverCalls } from './receiver.ts';
import type { SenderCalls } from './sender.ts';

const ROUNDS = 31;
const PER_ROUND = 100;
const WARM_UP = 1_000;

const NAMES: Readonly<Record<ContenderName, string>> = {
  ws: 'bare ws',
  channel: 'channel of @gravy/protocol',
  gravy: 'text, stored at both ends',
};

interface Peers {
  readonly sender: Child<SenderCalls>;
  readonly receiver: Child<ReceiverCalls>;
}

/** Milliseconds from the sender's call, for each message of a round. */
interface Round {
  readonly senderProcessorMs: number;
  readonly toArrival: readonly number[];
  readonly toAnswer: readonly number[];
}

async function connect({ sender, receiver }: Peers, home: string): Promise<void> {
  await sender.call('connectWithWs', await receiver.call('listenWithWs'));
  await sender.call('connectWithChannel', await receiver.call('listenWithChannel'));
  const id = await sender.call('openAccount', `${home}/sender`);
  await sender.call('connectWithGravy', await receiver.call('host', `${home}/receiver`, id));
}

async function roundOf(peers: Peers, contender: ContenderName, count: number): Promise<Round> {
  const { sent, answered, processorMs } = await peers.sender.call('sendInTurn', contender, count);
  const arrivals = await peers.receiver.call('takeArrivals');
  if (arrivals.length !== count) throw new Error('Not every message arrived once.');
  const since = (times: readonly number[]): readonly number[] =>
    times.map((time, index) => time - (sent[index] ?? Number.NaN));
  const times = { toArrival: since(arrivals), toAnswer: since(answered) };
  const round = { ...times, senderProcessorMs: processorMs };
  const isInOrder = round.toArrival.every(
    (ms, index) => ms > 0 && ms < (round.toAnswer[index] ?? 0),
  );
  if (!isInOrder) throw new Error('The clocks of the two processes do not agree.');
  return round;
}

async function measure(peers: Peers): Promise<ReadonlyMap<ContenderName, readonly Round[]>> {
  const rounds = new Map<ContenderName, Round[]>(CONTENDERS.map((name) => [name, []]));
  for (const name of CONTENDERS) await roundOf(peers, name, WARM_UP);
  const shuffled = shuffler(SEED);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of shuffled(CONTENDERS)) {
      rounds.get(name)?.push(await roundOf(peers, name, PER_ROUND));
    }
  }
  return rounds;
}

function percentile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function figuresOf(
  what: string,
  samples: readonly (readonly number[])[],
  goals: { readonly p50?: Goal; readonly p99?: Goal } = {},
): readonly Figure[] {
  const all = samples.flat();
  const { low, median, high } = spreadOf(all);
  const { p50, p99 } = goals;
  const unit = 'ms';
  return [
    { what: `${what}, p50`, value: median, unit, range: [low, high], ...(p50 && { goal: p50 }) },
    { what: `${what}, p99`, value: percentile(all, 0.99), unit, ...(p99 && { goal: p99 }) },
  ];
}

/** How many times as long the channel takes as bare ws, round by round; by the clock, and by what the sender's process works. */
function protocolShare(channel: readonly Round[], ws: readonly Round[]): Figure {
  const ratios = (of: (round: Round) => number): Spread =>
    spreadOf(
      channel.flatMap((round, index) => {
        const other = ws[index];
        return other ? [of(round) / of(other)] : [];
      }),
    );
  const { low, median, high } = ratios(({ toArrival }) => spreadOf(toArrival).median);
  return {
    what: `${NAMES.channel} against ${NAMES.ws}`,
    value: median,
    unit: 'times as long',
    range: [low, high],
    byProcessor: ratios(({ senderProcessorMs }) => senderProcessorMs).median,
    goal: { atMost: 2 },
  };
}

export async function latency(): Promise<Report> {
  const home = newHome();
  const peers: Peers = {
    sender: startChild(new URL('sender.ts', import.meta.url)),
    receiver: startChild(new URL('receiver.ts', import.meta.url)),
  };
  try {
    await connect(peers, home);
    const rounds = await measure(peers);
    const of = (name: ContenderName): readonly Round[] => rounds.get(name) ?? [];
    const arrivals = (name: ContenderName): number[][] => of(name).map((r) => [...r.toArrival]);
    return {
      name: 'latency',
      figures: [
        ...figuresOf(NAMES.ws, arrivals('ws')),
        ...figuresOf(NAMES.channel, arrivals('channel')),
        ...figuresOf(NAMES.gravy, arrivals('gravy'), {
          p50: { atMost: 4 },
          p99: { atMost: 15 },
        }),
        ...figuresOf(
          `${NAMES.gravy}, until the sender knows`,
          of('gravy').map(({ toAnswer }) => toAnswer),
        ),
        protocolShare(of('channel'), of('ws')),
        ...figuresOf('4 KiB appended to a file on the same disk and synced', [syncTimes(home)]),
      ],
    };
  } finally {
    await Promise.all([peers.sender.end(), peers.receiver.end()]);
    removeHome(home);
  }
}
