import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';

const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;

/** Begins every script: the built library, the key of the tests, and their ids. */
const PREAMBLE = `
  import { examineHistory, openHistory, restoreHistory } from '${LIBRARY}';
  const key = new Uint8Array(32).fill(0x5a);
  const idOf = (length, number) => {
    const id = new Uint8Array(length);
    new DataView(id.buffer).setUint32(0, number);
    return id;
  };`;

/**
 * Runs a script in a process of its own and kills it as soon as what it has printed, or what it has
 * written to its folder, satisfies `until`. Gives the lines that were printed by then.
 */
export async function killWhen(
  script: string,
  until: (lines: readonly string[]) => boolean,
): Promise<{ lines: readonly string[]; wasKilled: boolean }> {
  const running = spawn(process.execPath, ['--input-type=module', '-e', PREAMBLE + script]);
  const lines: string[] = [];
  let errors = '';
  let rest = '';
  running.stderr.on('data', (chunk) => (errors += String(chunk)));
  running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const ended = once(running, 'close');
  const look = (): void => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    if (until(lines)) running.kill('SIGKILL');
    else setImmediate(look);
  };
  look();
  const [code, signal] = (await ended) as [number | null, string | null];
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`The process failed: ${errors}`);
  return { lines, wasKilled: signal === 'SIGKILL' };
}

/** Bytes of a file, 0 if it is not there. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
