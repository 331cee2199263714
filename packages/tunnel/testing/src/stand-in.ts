import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CALLS_FILE,
  SETTINGS_FILE,
  type StandInBehaviour,
  type StandInCall,
  type StandInSettings,
} from './behaviour.ts';
import type { Edge } from './edge.ts';

const PROGRAM = fileURLToPath(new URL('program/main.ts', import.meta.url));

/** A program to be run instead of cloudflared, in a folder of its own. Not for Windows. */
export class StandIn {
  /** The executable: for GRAVY_CLOUDFLARED, or a setting. */
  readonly path: string;
  readonly #folder: string;
  readonly #edge: Edge;

  constructor(folder: string, path: string, edge: Edge) {
    this.#folder = folder;
    this.path = path;
    this.#edge = edge;
  }

  /** Holds from the next start on. */
  behave(behaviour: StandInBehaviour, edgeUrl: string = this.#edge.url): void {
    const settings: StandInSettings = { edgeUrl, behaviour };
    writeFileSync(join(this.#folder, SETTINGS_FILE), JSON.stringify(settings));
  }

  /** All starts so far, `--version` not counted. */
  async calls(): Promise<StandInCall[]> {
    const text = await readFile(join(this.#folder, CALLS_FILE), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as StandInCall);
  }

  /** The processes of it that are alive. */
  async alivePids(): Promise<number[]> {
    const pids = (await this.calls()).map(({ pid }) => pid);
    const isAlive = await Promise.all(pids.map((pid) => isRunning(pid)));
    return pids.filter((_, index) => isAlive[index]);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Makes a stand-in that talks to `edge`. As a `script` it starts with `#!`; a `program` does not, like the
 * real one, and so is found on a PATH as well.
 */
export async function createStandIn(
  edge: Edge,
  options: { behaviour?: StandInBehaviour; kind?: 'script' | 'program' } = {},
): Promise<StandIn> {
  if (process.platform === 'win32') throw new Error('The stand-in does not run on Windows.');
  const folder = await mkdtemp(join(tmpdir(), 'cloudflared-stand-in-'));
  const path = await writeLauncher(folder, options.kind ?? 'script');
  const standIn = new StandIn(folder, path, edge);
  standIn.behave(options.behaviour ?? {});
  return standIn;
}

/** Without `#!` the system's `execvp` has /bin/sh read the file, and `exec` makes it Node: one process either way. */
async function writeLauncher(folder: string, kind: 'script' | 'program'): Promise<string> {
  const path = join(folder, 'cloudflared');
  // Compiled once: most of what a start costs.
  const code = `require('node:module').enableCompileCache?.(); import(${JSON.stringify(PROGRAM)});\n`;
  if (kind === 'script') {
    await writeFile(path, `#!${process.execPath}\n${code}`);
  } else {
    const script = join(folder, 'launch.cjs');
    await writeFile(script, code);
    await writeFile(path, `exec '${process.execPath}' '${script}' "$@"\n`);
  }
  await chmod(path, 0o755);
  return path;
}

async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Ended, and not yet collected by whoever is its parent now.
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
}
