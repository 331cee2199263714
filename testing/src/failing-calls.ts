import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program asks of the system so that something changes on the medium, and how that can fail. */
const FAILURES: readonly (readonly [error: string, calls: readonly string[]])[] = [
  ['EIO', ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'openat', 'rename', 'unlink']],
  ['ENOSPC', ['pwrite64', 'write', 'ftruncate', 'openat', 'link', 'linkat', 'rename']],
  ['EACCES', ['openat', 'rename', 'unlink', 'link', 'linkat', 'chmod', 'fchmod']],
];

/** One call that fails: the `nth` of its kind, from 1 on, that concerns one of the paths. */
export interface Failure {
  readonly call: string;
  readonly error: string;
  readonly nth: number;
}

export interface FailedRun {
  readonly lines: readonly string[];
  /** How often each call was made. */
  readonly calls: ReadonlyMap<string, number>;
  readonly wasInjected: boolean;
}

export const canInject =
  process.platform === 'linux' &&
  spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;

/**
 * Runs a script (a module's text) in a process of its own in which one system call fails instead of being
 * made: the system itself says so, to SQLite and to Node alike. All file work of Node is done by one
 * thread, since calls are counted by thread.
 * @throws Error if the script fails by itself
 */
export function runWithFailure(
  script: string,
  paths: readonly string[],
  failure?: Failure,
): FailedRun {
  const folder = mkdtempSync(join(tmpdir(), 'gravy-trace-'));
  const trace = join(folder, 'trace');
  try {
    const calls = [...new Set(FAILURES.flatMap(([, names]) => names))].join(',');
    const inject =
      failure === undefined
        ? []
        : ['-e', `inject=${failure.call}:error=${failure.error}:when=${failure.nth}`];
    const { status, stdout, stderr } = spawnSync(
      'strace',
      ['-f', '-qq', '-s', '0', '-o', trace, '-e', `trace=${calls}`, ...inject].concat(
        paths.flatMap((path) => ['-P', path]),
        [process.execPath, '--input-type=module', '-e', script],
      ),
      { encoding: 'utf8', env: { ...process.env, UV_THREADPOOL_SIZE: '1' } },
    );
    if (status !== 0) throw new Error(`The process ended with ${status}: ${stderr}`);
    return { lines: stdout.split('\n').slice(0, -1), ...readTrace(readFileSync(trace, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every call that a run without a failure makes, failing in each way that it can. */
export function failuresOf(calls: ReadonlyMap<string, number>): Failure[] {
  return FAILURES.flatMap(([error, names]) =>
    names.flatMap((call) =>
      Array.from({ length: calls.get(call) ?? 0 }, (_, index) => ({
        call,
        error,
        nth: index + 1,
      })),
    ),
  );
}

function readTrace(trace: string): Pick<FailedRun, 'calls' | 'wasInjected'> {
  const calls = new Map<string, number>();
  for (const [, name = ''] of trace.matchAll(/^\d+ +(\w+)\(/gm)) {
    calls.set(name, (calls.get(name) ?? 0) + 1);
  }
  return { calls, wasInjected: trace.includes('(INJECTED)') };
}
