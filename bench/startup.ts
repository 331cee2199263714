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
  /** How many times as long as Node alone it may take. */
  readonly goal?: Goal;
}

const NODE: Start = { name: 'node -e 0', args: ['-e', '0'] };
const STARTS: readonly Start[] = [
  NODE,
  { name: 'gravy --version', args: [GRAVY, '--version'], goal: { atMost: 1.6 } },
  { name: 'gravy account list', args: [GRAVY, 'account', 'list'], goal: { atMost: 3 } },
  { name: 'gravy --help', args: [GRAVY, '--help'] },
];

function millisecondsOf({ name, args }: Start, home: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, GRAVY_HOME: home },
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

function measure(home: string): Figure[] {
  const samples = new Map<Start, number[]>(STARTS.map((start) => [start, []]));
  const shuffled = shuffler(SEED);
  for (const start of STARTS) millisecondsOf(start, home); // The files are in the cache from here on.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const start of shuffled(STARTS)) samples.get(start)?.push(millisecondsOf(start, home));
  }
  const ofNode = samples.get(NODE) ?? [];
  const { low, median, high } = spreadOf(ofNode);
  return [
    { what: NODE.name, value: median, unit: 'ms', range: [low, high] },
    ...STARTS.filter((start) => start !== NODE).map((start) => {
      const ratios = (samples.get(start) ?? []).map((value, round) => value / (ofNode[round] ?? 1));
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
