import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Edge, StandIn } from '@gravy/cloudflared-stand-in';

const HOST = fileURLToPath(new URL('host.ts', import.meta.url));

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
      })
    : spawn(process.execPath, words, {
        stdio: ['pipe', 'pipe', 'ignore'],
        // A group of its own, as a shell would give it.
        detached: true,
      });
  await untilOpen(host);
  const pids = (await standIn.calls()).map(({ pid }) => pid).filter((pid) => !before.has(pid));
  const [pid] = pids;
  if (pid === undefined || pids.length > 1) throw new Error('Not one cloudflared was started.');
  const exited = once(host, 'exit');
  const since = performance.now();
  endIt(host, ending);
  while ((await standIn.alivePids()).includes(pid)) await new Promise((go) => setTimeout(go, 10));
  const elapsedMs = performance.now() - since;
  await exited;
  return { elapsedMs };
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

async function untilOpen(host: ChildProcess): Promise<void> {
  for await (const text of host.stdout ?? []) {
    if (String(text).includes('open')) break;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
