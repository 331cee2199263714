import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Edge, StandIn } from '@gravy/cloudflared-stand-in';
import type { SeededRandom } from '@gravy/testing';
import { isAlive } from '../../src/end-process.js';

const HOST = fileURLToPath(new URL('host.ts', import.meta.url));

/** Compiled once, and not a hundred times. */
const ENVIRONMENT = {
  ...process.env,
  NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
};
/** By then a program is up and its tunnel open, unless the machine is busy. */
const LONGEST_START_MS = 1_000;

/** How a program with a tunnel comes to its end. */
export type Ending =
  | 'SIGTERM'
  | 'SIGTERM, tidy'
  | 'SIGINT to the group'
  | 'SIGINT, tidy'
  | 'SIGKILL'
  | 'crash'
  | 'process.exit'
  | 'closed terminal'
  | 'closed terminal, tidy';

export const ENDINGS: readonly Ending[] = [
  ...(['SIGTERM', 'SIGTERM, tidy', 'SIGINT to the group', 'SIGINT, tidy'] as const),
  ...(['SIGKILL', 'crash', 'process.exit', 'closed terminal', 'closed terminal, tidy'] as const),
];

const MODES: Partial<Record<Ending, string>> = {
  'SIGTERM, tidy': 'tidy',
  'SIGINT, tidy': 'tidy',
  'closed terminal, tidy': 'tidy',
  crash: 'throws',
  'process.exit': 'exits',
};

export interface OrphanFigures {
  /** From the end of the program to that of its cloudflared. */
  readonly elapsedMs: number;
}

/** Starts a program with a tunnel, ends it, and waits until its cloudflared is gone, as long as that takes. */
export async function endHost(
  ending: Ending,
  place: { edge: Edge; standIn: StandIn; folder: string; port: number; host?: string },
): Promise<OrphanFigures> {
  const { edge, standIn, folder, port, host: program = HOST } = place;
  const mode = MODES[ending] ?? 'plain';
  const words = [program, standIn.path, folder, String(port), String(edge.port), mode];
  const isTerminal = ending.startsWith('closed terminal');
  const before = new Set((await standIn.calls()).map(({ pid }) => pid));
  const host = isTerminal
    ? // A pseudo-terminal of util-linux, whose end hangs up what runs in it.
      spawn('script', ['-qec', [process.execPath, ...words].map(quote).join(' '), '/dev/null'], {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: ENVIRONMENT,
      })
    : spawn(process.execPath, words, {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: ENVIRONMENT,
        // A group of its own, as a shell would give it.
        detached: true,
      });
  const hostPid = await untilOpen(host);
  const pids = (await standIn.calls()).map(({ pid }) => pid).filter((pid) => !before.has(pid));
  const [pid] = pids;
  if (pid === undefined || pids.length > 1) throw new Error('Not one cloudflared was started.');
  const since = performance.now();
  endIt(host, ending);
  while ((await standIn.alivePids()).includes(pid)) await sleep(10);
  const elapsedMs = performance.now() - since;
  // In a terminal it is not a child of ours: as long as it lives, its records are its own.
  while (isAlive(hostPid)) await sleep(10);
  return { elapsedMs };
}

/** Kills a program at a random moment of its start, and waits until nothing of it is left. */
export async function killAtAnyMoment(
  random: SeededRandom,
  place: { edge: Edge; standIn: StandIn; folder: string; port: number },
): Promise<OrphanFigures> {
  const { edge, standIn, folder, port } = place;
  const words = [HOST, standIn.path, folder, String(port), String(edge.port), 'plain'];
  const host = spawn(process.execPath, words, { stdio: 'ignore' });
  await sleep(random.below(LONGEST_START_MS));
  const exited = once(host, 'exit');
  host.kill('SIGKILL');
  await exited;
  const since = performance.now();
  // By its command line: it may have been started and not yet have got to say so.
  while (runningCommands().includes(standIn.path)) await sleep(20);
  return { elapsedMs: performance.now() - since };
}

function runningCommands(): string {
  return execFileSync('ps', ['-e', '-o', 'args='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

function endIt(host: ChildProcess, ending: Ending): void {
  switch (ending) {
    case 'SIGTERM':
    case 'SIGTERM, tidy':
      host.kill('SIGTERM');
      return;
    case 'SIGINT to the group':
      // Ctrl+C at a terminal: cloudflared and the watchdog hear it as well.
      process.kill(-(host.pid ?? Number.NaN), 'SIGINT');
      return;
    case 'SIGINT, tidy':
      host.kill('SIGINT');
      return;
    case 'SIGKILL':
    case 'closed terminal':
    case 'closed terminal, tidy':
      host.kill('SIGKILL');
      return;
    case 'crash':
    case 'process.exit':
      host.stdin?.write('now\n');
  }
}

/** The process of the program itself. */
async function untilOpen(host: ChildProcess): Promise<number> {
  let said = '';
  for await (const text of host.stdout ?? []) {
    said += String(text);
    const [, pid] = /open (\d+)\r?\n/u.exec(said) ?? [];
    if (pid !== undefined) return Number(pid);
  }
  throw new Error('The program ended before its tunnel was open.');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
