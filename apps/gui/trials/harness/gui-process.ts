import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GuiProgram } from './gui-program.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** `gravy-gui` as people start it. */
export class GuiProcess implements GuiProgram {
  readonly #child: ChildProcess;
  readonly #links: string[] = [];
  readonly #waiting: ((link: string) => void)[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new Error('The program has no output.');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const link = /http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/u.exec(line)?.[0];
      if (link === undefined) return;
      const wanted = this.#waiting.shift();
      if (wanted === undefined) this.#links.push(link);
      else wanted(link);
    });
  }

  static start(home: string, port = 0): GuiProcess {
    const words = ['--home', home, '--port', String(port), '--no-open'];
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new GuiProcess(child);
  }

  async link(): Promise<string> {
    const link = this.#links.shift();
    return link ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** As a person does it: Enter in the terminal, and the link that it prints. */
  async newLink(): Promise<string> {
    this.#child.stdin?.write('\n');
    return this.link();
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}

export function portOf(link: string): number {
  return Number(new URL(link).port);
}
