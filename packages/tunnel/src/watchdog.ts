import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { TunnelError } from './errors.js';
import { REPLACE_DELAY_MS } from './limits.js';
import { WATCHDOG_PROGRAM } from './watchdog-program.js';

type WatchdogProcess = ChildProcessByStdio<Writable, Readable, null>;

/** What a watchdog needs of its surroundings: nothing that is private, and nothing that changes how Node starts. */
const KEPT_NAMES = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMPDIR', 'LD_LIBRARY_PATH'] as const;

/**
 * A process of its own that reads a pipe from this one, and ends what it watches when the pipe ends: however
 * this process dies, SIGKILL included. It is started, and is known to run, before cloudflared is.
 */
export class Watchdog {
  readonly #options: { nodePath: string; graceMs: number; startTimeoutMs: number };
  readonly #watched = new Set<number>();
  #process: WatchdogProcess | undefined;
  #startedAt = 0;
  #isClosed = false;

  private constructor(options: { nodePath: string; graceMs: number; startTimeoutMs: number }) {
    this.#options = options;
  }

  /** @throws TunnelError `watchdog_failed` */
  static async start(options: {
    /** A program that takes `-e`, as Node does. */
    nodePath: string;
    graceMs: number;
    startTimeoutMs: number;
  }): Promise<Watchdog> {
    const watchdog = new Watchdog(options);
    await watchdog.#start();
    return watchdog;
  }

  /** Written at once, so that between a start and this there is no moment to be killed in that lasts. */
  watch(pid: number): void {
    this.#watched.add(pid);
    this.#process?.stdin.write(`watch ${pid}\n`);
  }

  /** The process has ended. */
  release(pid: number): void {
    this.#watched.delete(pid);
    this.#process?.stdin.write(`release ${pid}\n`);
  }

  /** Ends the watchdog, which ends what it still watches. */
  close(): void {
    this.#isClosed = true;
    this.#process?.stdin.end();
  }

  async #start(): Promise<void> {
    const { nodePath, graceMs, startTimeoutMs } = this.#options;
    const child = spawn(nodePath, ['-e', WATCHDOG_PROGRAM, '--', String(graceMs)], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: watchdogEnvironment(),
      windowsHide: true,
      // On Windows children are in a job that ends with this process; the watchdog has to be out of it.
      detached: process.platform === 'win32',
    });
    // A watchdog that is gone is noticed by its exit.
    child.stdin.on('error', () => {});
    this.#startedAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      const fail = (cause?: unknown): void => {
        clearTimeout(timer);
        child.stdin.destroy();
        child.kill('SIGKILL');
        reject(
          new TunnelError(
            'watchdog_failed',
            'The process that watches over cloudflared did not start, so cloudflared was not started either. If this program is not run by Node itself, set `nodePath`.',
            { cause },
          ),
        );
      };
      const timer = setTimeout(fail, startTimeoutMs);
      child.once('error', fail);
      child.once('exit', fail);
      child.stdout.once('data', () => {
        clearTimeout(timer);
        child.removeListener('error', fail).removeListener('exit', fail);
        resolve();
      });
    });
    child.on('error', () => {});
    child.once('exit', () => {
      this.#process = undefined;
      this.#replace();
    });
    this.#process = child;
    for (const pid of this.#watched) child.stdin.write(`watch ${pid}\n`);
    if (this.#isClosed) child.stdin.end();
  }

  /** One that was ended from outside leaves cloudflared unwatched: another takes its place. */
  #replace(): void {
    if (this.#isClosed) return;
    // Whatever ends them should not be kept busy with it.
    const isOften = performance.now() - this.#startedAt < REPLACE_DELAY_MS;
    const timer = setTimeout(
      () => {
        if (this.#isClosed) return;
        // Without one the tunnel works on, and its record is there for the next start.
        this.#start().catch(() => this.#replace());
      },
      isOften ? REPLACE_DELAY_MS : 0,
    );
    timer.unref();
  }
}

function watchdogEnvironment(): NodeJS.ProcessEnv {
  // Where Node is part of Electron, `process.execPath` is Node only if told so.
  const environment: NodeJS.ProcessEnv = { ELECTRON_RUN_AS_NODE: '1' };
  for (const name of KEPT_NAMES) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
