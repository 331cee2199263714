// How long the command line takes until it is done, against a Node that has nothing to do.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGravy } from '@gravy/messenger';
import type { Figure, Goal, Report } from './report.ts';
import { SEED, shuffler, spreadOf } from './rounds.ts';

const ROUNDS = 31;
const GRAVY = fileURLToPath(
  import.meta.resolve('@gravy/cli/package.json').replace('package.json', 'dist/main.js'),
);

interface Start {
  readonly name: string;
  readonly args: readonly string[];
  /** Until the first frame is written to a pseudo-terminal, which util-linux's `script` makes. */
  readonly isOnTerminal?: true;
  /** How many times as long as Node alone it may take. */
  readonly goal?: Goal;
}

const NODE: Start = { name: 'node -e 0', args: ['-e', '0'] };
const STARTS: readonly Start[] = [
  NODE,
  { name: 'gravy --version', args: [GRAVY, '--version'], goal: { atMost: 1.6 } },
  { name: 'gravy account list', args: [GRAVY, 'account', 'list'], goal: { atMost: 3 } },
  { name: 'gravy --help', args: [GRAVY, '--help'] },
  { name: 'first frame of gravy', args: [GRAVY], isOnTerminal: true, goal: { atMost: 7 } },
];

/** Ends the program as soon as it has written what the first frame says. */
const END_AT_FIRST_FRAME = `const { stdout } = process;
const write = stdout.write;
stdout.write = function (chunk, ...rest) {
  const isTaken = write.call(this, chunk, ...rest);
  if (String(chunk).includes('End-to-end')) process.exit(0);
  return isTaken;
};`;

function millisecondsOf({ name, args, isOnTerminal }: Start, home: string): number {
  const program = [process.execPath, ...args];
  const [command = '', ...words] =
    isOnTerminal === true
      ? ['script', '-qec', program.map((word) => `'${word}'`).join(' '), '/dev/null']
      : program;
  const began = performance.now();
  const { status, stderr } = spawnSync(command, words, {
    env: {
      ...process.env,
      GRAVY_HOME: home,
      ...(isOnTerminal === true
        ? {
            NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(END_AT_FIRST_FRAME)}`,
          }
        : {}),
    },
    encoding: 'utf8',
  });
  const spent = performance.now() - began;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return spent;
}

export async function startup(): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'gravy-startup-'));
  try {
    const gravy = await openGravy({ home });
    await gravy.call('account.create', { name: 'ada', password: 'a password for a benchmark' });
    await gravy.close();
    return { name: 'startup', figures: measure(home) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Elsewhere `script` has other options. */
function hasPseudoTerminals(): boolean {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return stdout?.includes('util-linux') ?? false;
}

function measure(home: string): Figure[] {
  const starts = STARTS.filter(({ isOnTerminal }) => !isOnTerminal || hasPseudoTerminals());
  const samples = new Map<Start, number[]>(starts.map((start) => [start, []]));
  const shuffled = shuffler(SEED);
  for (const start of starts) millisecondsOf(start, home); // The files are in the cache from here on.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const start of shuffled(starts)) samples.get(start)?.push(millisecondsOf(start, home));
  }
  const ofNode = samples.get(NODE) ?? [];
  const { low, median, high } = spreadOf(ofNode);
  return [
    { what: NODE.name, value: median, unit: 'ms', range: [low, high] },
    ...starts
      .filter((start) => start !== NODE)
      .map((start) => {
        const ratios = (samples.get(start) ?? []).map(
          (value, round) => value / (ofNode[round] ?? 1),
        );
        const spread = spreadOf(ratios);
        return {
          what: start.name,
          value: spread.median,
          unit: 'times node -e 0',
          range: [spread.low, spread.high] as const,
          ...(start.goal ? { goal: start.goal } : {}),
        };
      }),
  ];
}
