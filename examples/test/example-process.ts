// A program as a reader starts it: the file as it is, in a process of its own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The root of the repository, where the commands in the documents are typed. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export class ExampleProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  /** What it has printed, on both streams. */
  said = '';
  #found = 0;

  /** `command`: a program and its words; `env` is added to the environment. */
  constructor(
    command: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv = {},
    cwd: string = ROOT,
  ) {
    const [program, ...words] = command;
    this.child = spawn(program, words, { cwd, env: { ...process.env, ...env } });
    this.#ended = once(this.child, 'close').then(([code]) => code as number | null);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
        this.child.emit('said');
      });
    }
    // A program that ends before it has read its input is no error of the test.
    this.child.stdin.on('error', () => undefined);
  }

  /** Resolves with what matched as soon as it was printed, now or before; rejects if the program ends first. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#match(() => pattern.exec(this.said));
  }

  /** The same with a text that has to come after what was found so last. */
  async saysNext(text: string): Promise<void> {
    const isThere = await this.#match(() => {
      const at = this.said.indexOf(text, this.#found);
      return at < 0 ? null : at + text.length;
    });
    this.#found = isThere;
  }

  async #match<Found>(find: () => Found | null): Promise<Found> {
    for (;;) {
      const found = find();
      if (found !== null) return found;
      const isOver = await Promise.race([
        once(this.child, 'said').then(() => false),
        this.#ended.then(() => find() === null),
      ]);
      if (isOver) throw new Error(`It ended without what was waited for:\n${this.said}`);
    }
  }

  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** The end of its input, as Ctrl-D; resolves with its exit code. */
  async endInput(): Promise<number | null> {
    this.child.stdin.end();
    return this.#ended;
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.#ended;
  }
}
