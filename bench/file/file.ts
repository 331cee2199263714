// One file of a gigabyte between two processes, until it is whole on the other's disk, beside scp, magic-wormhole and a plain ws pipe.
import { mkdirSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { newHome, removeHome } from '../peers/gravy-account.ts';
import { startChild } from '../processes/start-child.ts';
import type { Figure, Goal, Report } from '../report.ts';
import { spreadOf } from '../rounds.ts';
import { SeededRandom } from '../../testing/src/seeded-random.ts';
import type { ReceiverCalls } from './receiver.ts';
import { startScp } from './scp.ts';
import type { SenderCalls } from './sender.ts';
import { startWormhole } from './wormhole.ts';
import type { WsReceiverCalls } from './ws-receiver.ts';
import type { WsSenderCalls } from './ws-sender.ts';

const MEGABYTES = Number(process.env['GRAVY_BENCH_FILE_MB'] ?? 1_000);
const ROUNDS = Number(process.env['GRAVY_BENCH_FILE_ROUNDS'] ?? 5);
const PIECE_BYTES = 1_000_000;

interface Round {
  readonly gravy: number;
  readonly ws: number;
  readonly scp: number | undefined;
  readonly wormhole: number | undefined;
}

function writeFile(path: string): void {
  const piece = new SeededRandom(1).bytes(PIECE_BYTES);
  const handle = openSync(path, 'w');
  for (let index = 0; index < MEGABYTES; index += 1) {
    piece[0] = index;
    writeSync(handle, piece);
  }
  closeSync(handle);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Megabytes a second, of all rounds. */
function speed(what: string, milliseconds: readonly number[]): Figure {
  const { low, median, high } = spreadOf(milliseconds.map((ms) => (MEGABYTES * 1000) / ms));
  return { what, value: median, unit: 'MB/s', range: [low, high] };
}

function processor(what: string, milliseconds: readonly number[]): Figure {
  const { low, median, high } = spreadOf(milliseconds.map((ms) => ms / MEGABYTES));
  return { what, value: median, unit: 'ms of CPU each MB', range: [low, high] };
}

/** Each round of the one against the same round of the other. */
function ratio(
  what: string,
  rounds: readonly (readonly [one: number, other: number])[],
  goal: Goal,
): Figure {
  const { low, median, high } = spreadOf(rounds.map(([one, other]) => other / one));
  return { what, value: median, unit: 'times as fast', range: [low, high], goal };
}

/** Another program that copies files, where it is installed. */
function peerFigures(
  name: string,
  rounds: readonly Round[],
  { of, goal }: { of: (round: Round) => number | undefined; goal: Goal },
): readonly Figure[] {
  const pairs = rounds.flatMap((round) => {
    const other = of(round);
    return other === undefined ? [] : [[round.gravy, other] as const];
  });
  if (pairs.length === 0) return [];
  return [
    speed(
      name,
      pairs.map(([, other]) => other),
    ),
    ratio(`gravy over ${name}`, pairs, goal),
  ];
}

export async function file(): Promise<Report> {
  const home = newHome();
  const [directory, path] = [join(home, 'received'), join(home, 'file')];
  mkdirSync(directory);
  writeFile(path);
  const sender = startChild<SenderCalls>(new URL('sender.ts', import.meta.url));
  const receiver = startChild<ReceiverCalls>(new URL('receiver.ts', import.meta.url));
  const wsSender = startChild<WsSenderCalls>(new URL('ws-sender.ts', import.meta.url));
  const wsReceiver = startChild<WsReceiverCalls>(new URL('ws-receiver.ts', import.meta.url));
  const scp = await startScp(home);
  if (scp === undefined) process.stderr.write('There is no sshd here: scp is left out.\n');
  const wormhole = await startWormhole(home);
  if (wormhole === undefined) {
    process.stderr.write('magic-wormhole and its mailbox server are not here: left out.\n');
  }
  try {
    const id = await sender.call('openAccount', `${home}/sender`);
    await sender.call('connect', await receiver.call('host', `${home}/receiver`, id, directory));
    const port = await wsReceiver.call('listen', join(directory, 'ws'));
    const clear = (): void => {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory);
    };
    const rounds: Round[] = [];
    const processorMs = async (): Promise<readonly [number, number]> => [
      await sender.call('processorMs'),
      await receiver.call('processorMs'),
    ];
    const spent: { sender: number; receiver: number }[] = [];
    await sender.call('sendFile', path, false); // warm
    for (let count = 0; count < ROUNDS; count += 1) {
      clear();
      const before = await processorMs();
      const gravy = await sender.call('sendFile', path, false);
      const after = await processorMs();
      spent.push({ sender: after[0] - before[0], receiver: after[1] - before[1] });
      clear();
      const ws = await wsSender.call('send', path, port);
      clear();
      const byScp = scp && (await timed(() => scp.copy(path, join(directory, 'scp'))));
      clear();
      const byWormhole =
        wormhole && (await timed(() => wormhole.copy(path, join(directory, 'wormhole'))));
      rounds.push({ gravy, ws, scp: byScp, wormhole: byWormhole });
    }
    clear();
    await receiver.call('takeDelays');
    await Promise.all([
      sender.call('takePeakResidentBytes'),
      receiver.call('takePeakResidentBytes'),
    ]);
    await sender.call('sendFile', path, true);
    const delays = (await receiver.call('takeDelays')).toSorted((a, b) => a - b);
    const at = (part: number): number => delays[Math.floor((delays.length - 1) * part)] ?? 0;
    const megabytes = async (child: typeof sender | typeof receiver): Promise<number> =>
      (await (child as typeof sender).call('takePeakResidentBytes')) / 1_000_000;
    return {
      name: 'file',
      figures: [
        speed(
          'gravy',
          rounds.map(({ gravy }) => gravy),
        ),
        speed(
          'bare ws, neither sealed nor hashed',
          rounds.map(({ ws }) => ws),
        ),
        ratio(
          'gravy over bare ws',
          rounds.map(({ gravy, ws }) => [gravy, ws]),
          { atLeast: 0.5 },
        ),
        ...peerFigures('scp, ChaCha20', rounds, {
          of: (round) => round.scp,
          goal: { atLeast: 1.2 },
        }),
        ...peerFigures('magic-wormhole, with its start', rounds, {
          of: (round) => round.wormhole,
          goal: { atLeast: 1.1 },
        }),
        processor(
          'sender',
          spent.map((each) => each.sender),
        ),
        processor(
          'receiver',
          spent.map((each) => each.receiver),
        ),
        {
          what: 'sender, most resident',
          value: await megabytes(sender),
          unit: 'MB',
          goal: { atMost: 200 },
        },
        {
          what: 'receiver, most resident',
          value: await megabytes(receiver),
          unit: 'MB',
          goal: { atMost: 200 },
        },
        { what: `text meanwhile, p50 of ${delays.length}`, value: at(0.5), unit: 'ms' },
        { what: 'text meanwhile, p99', value: at(0.99), unit: 'ms', goal: { atMost: 100 } },
      ],
    };
  } finally {
    const children = [sender, receiver, wsSender, wsReceiver];
    await Promise.all([...children.map((child) => child.end()), scp?.end(), wormhole?.end()]);
    removeHome(home);
  }
}
