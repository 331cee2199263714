import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Interruption } from '../src/interruption.js';
import { run } from '../src/run.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface StartOptions {
  readonly home: string;
  readonly password?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program as a user starts it, on pipes instead of a terminal. */
export class GravyProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly finished: Promise<Finished>;
  stdout = '';
  stderr = '';

  constructor(words: readonly string[], { home, password, env }: StartOptions) {
    this.child = spawn(process.execPath, [MAIN, ...words], {
      env: {
        PATH: process.env['PATH'] ?? '',
        TZ: 'UTC',
        GRAVY_HOME: home,
        ...(password === undefined ? {} : { GRAVY_PASSWORD: password }),
        ...env,
      },
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    // A program that ends before it has read its input is no error of the test.
    this.child.stdin.on('error', () => undefined);
    this.finished = once(this.child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Resolves with what matched as soon as standard output holds it; rejects if the program ends first. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match !== null) return match;
      if (this.child.exitCode !== null) {
        throw new Error(`It ended without ${String(pattern)}: ${this.stdout}${this.stderr}`);
      }
      await Promise.race([once(this.child.stdout, 'data'), this.finished]);
    }
  }

  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> {
    this.child.kill(signal);
    return this.finished;
  }
}

type RunOptions = StartOptions & { readonly input?: string };

/** Runs a command to its end in a process of its own, with all of its input at once. */
export async function gravyAlone(words: readonly string[], options: RunOptions): Promise<Finished> {
  const running = new GravyProcess(words, options);
  running.child.stdin.end(options.input ?? '');
  return running.finished;
}

/**
 * The same in this process, which is some twenty times as fast: for what a command says and does. How
 * the program behaves as a process is shown by `gravyAlone` and `GravyProcess`.
 */
export async function gravy(words: readonly string[], options: RunOptions): Promise<Finished> {
  const input = new PassThrough().end(options.input ?? '');
  const output = new PassThrough({ encoding: 'utf8' });
  const errors = new PassThrough({ encoding: 'utf8' });
  const [stdout, stderr] = [textOf(output), textOf(errors)];
  const code = await run(words, {
    terminal: { input, output, errors },
    env: { GRAVY_HOME: options.home, ...options.env },
    password: options.password,
    interruption: new Interruption(),
    cleanups: [],
  });
  output.end();
  errors.end();
  return { code, stdout: await stdout, stderr: await stderr };
}

/** One JSON value and nothing else, or an error that says what came instead. */
export function onlyJson(finished: Finished): unknown {
  if (finished.stdout.split('\n').length !== 2) {
    throw new Error(`This is not one line of JSON: ${finished.stdout}${finished.stderr}`);
  }
  return JSON.parse(finished.stdout);
}

export async function temporaryHome(): Promise<{ home: string; remove: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'gravy-cli-'));
  return { home, remove: () => rm(home, { recursive: true, force: true }) };
}
