// A program on pipes, as a person would use it: it says something, something is typed, it is ended.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

const isWindows = process.platform === 'win32';
/** With nothing said for this long, what is waited for does not come. */
const SILENCE_MS = 120_000;

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #name: string;
  #output = '';

  constructor(words: readonly string[], { cwd, env }: ProgramOptions) {
    const [command = '', ...rest] = words;
    this.#name = words.join(' ');
    // A group of its own: npx starts the program by way of a shell, and all of them have to end.
    this.#child = spawn(command, rest, { cwd, env, shell: isWindows, detached: !isWindows });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    // A program that has ended before it has read its input is noticed by what it does not say.
    this.#child.stdin.on('error', () => undefined);
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** @returns what matched, as soon as the output holds it */
  async says(pattern: RegExp): Promise<string> {
    const silence = AbortSignal.timeout(SILENCE_MS);
    for (;;) {
      const match = pattern.exec(this.#output)?.[0];
      if (match !== undefined) return match;
      if (this.#hasEnded || silence.aborted) {
        throw new Error(`"${this.#name}" did not say ${String(pattern)}:\n${this.#output}`);
      }
      await Promise.race([
        once(this.#child.stdout, 'data', { signal: silence }),
        once(this.#child, 'close', { signal: silence }),
      ]).catch(() => undefined);
    }
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Waits for its own end. @returns its output; throws if its exit code is not 0 */
  async ends(): Promise<string> {
    this.#child.stdin.end();
    if (!this.#hasEnded) await once(this.#child, 'close');
    if (this.#child.exitCode !== 0) throw new Error(`"${this.#name}" failed:\n${this.#output}`);
    return this.#output;
  }

  async kill(): Promise<void> {
    if (this.#hasEnded || this.#child.pid === undefined) return;
    const ended = once(this.#child, 'close');
    if (isWindows) this.#child.kill();
    else process.kill(-this.#child.pid, 'SIGTERM');
    await ended;
  }
}

/** Runs a program to its end. @returns its output; throws if its exit code is not 0 */
export function run(words: readonly string[], options: ProgramOptions): Promise<string> {
  return new Program(words, options).ends();
}
