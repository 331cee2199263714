import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a script (a module's text) in a process of its own and kills it with SIGKILL as soon as the lines
 * that it has printed, or whatever else is looked at, satisfy `until`, which is asked in every turn of
 * the event loop. Gives the lines that it had printed by then.
 * @throws Error if the script fails by itself
 */
export async function killWhen(
  script: string,
  until: (lines: readonly string[]) => boolean,
): Promise<{ lines: readonly string[]; wasKilled: boolean }> {
  const running = spawn(process.execPath, ['--input-type=module', '-e', script]);
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
