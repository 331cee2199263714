import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VirtualScreen } from './virtual-screen.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Whether pseudo-terminals can be had here: util-linux's `script` makes them. */
export function hasPseudoTerminals(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
}

/** The built program in a real pseudo-terminal. After it ended, the terminal tells its settings. */
export class PtyGravy extends VirtualScreen {
  readonly ended: Promise<void>;
  readonly #script: ChildProcess;

  constructor(options: {
    readonly home: string;
    readonly columns: number;
    readonly rows: number;
    readonly env?: Readonly<Record<string, string>>;
  }) {
    const { home, columns, rows, env = {} } = options;
    super(columns, rows);
    const size = `stty cols ${columns} rows ${rows}`;
    const command = `${size}; '${process.execPath}' '${MAIN}'; echo "ended with $?"; stty -a`;
    this.#script = spawn('script', ['-qfec', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'] ?? '',
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        GRAVY_HOME: home,
        ...env,
      },
    });
    this.#script.stdout?.on('data', (chunk: Buffer) => this.write(chunk));
    this.ended = once(this.#script, 'close').then(() => undefined);
  }

  press(keys: string): void {
    this.#script.stdin?.write(keys);
  }

  async pressFor(keys: string, condition: string | RegExp): Promise<string> {
    this.press(keys);
    return this.shows(condition);
  }

  /** Sends a signal to the program itself: the child of the shell that `script` started. */
  signal(name: NodeJS.Signals): void {
    const shell = onlyChild(this.#script.pid ?? 0);
    process.kill(onlyChild(shell), name);
  }

  kill(): void {
    this.#script.kill('SIGKILL');
  }
}

function onlyChild(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}
