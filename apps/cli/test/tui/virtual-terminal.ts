import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';

/** A terminal in memory: takes what a program writes, shows what a person would see, and has keys. */
export class VirtualTerminal {
  readonly stdin: PassThrough & { isTTY: true; setRawMode: (isRaw: boolean) => void };
  readonly stdout: Writable & { isTTY: true; columns: number; rows: number };
  /** Everything that was written, for what no screen shows. */
  raw = '';
  isRaw = false;
  readonly #emulator: xterm.Terminal;
  readonly #waiting = new Set<() => void>();

  constructor(columns: number, rows: number) {
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: true,
    });
    const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
      this.raw += chunk.toString();
      this.#emulator.write(chunk, () => {
        for (const look of this.#waiting) look();
        done();
      });
    };
    this.stdout = Object.assign(new Writable({ write }), { isTTY: true as const, columns, rows });
    this.stdin = Object.assign(new PassThrough(), {
      isTTY: true as const,
      setRawMode: (isRaw: boolean): void => {
        this.isRaw = isRaw;
      },
      ref: () => undefined,
      unref: () => undefined,
    });
  }

  /** The rows of the screen, without the blanks at their ends. */
  get rows(): string[] {
    const { active } = this.#emulator.buffer;
    return Array.from({ length: this.#emulator.rows }, (_, row) =>
      (active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  get screen(): string {
    return this.rows.join('\n').trimEnd();
  }

  get isAlternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  get cursor(): { readonly x: number; readonly y: number } {
    const { active } = this.#emulator.buffer;
    return { x: active.cursorX, y: active.cursorY };
  }

  press(keys: string): void {
    this.stdin.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    Object.assign(this.stdout, { columns, rows });
    this.stdout.emit('resize');
  }

  /** Resolves with the screen as soon as it satisfies the condition; rejects with it after a while. */
  async shows(condition: string | RegExp | ((screen: string) => boolean)): Promise<string> {
    const holds = (): boolean => {
      if (typeof condition === 'string') return this.screen.includes(condition);
      return condition instanceof RegExp ? condition.test(this.screen) : condition(this.screen);
    };
    if (holds()) return this.screen;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const look = (): void => {
      if (holds()) resolve(this.screen);
    };
    const giveUp = (): void =>
      reject(new Error(`The screen never showed ${String(condition)}:\n${this.screen}`));
    const timer = setTimeout(giveUp, 20_000);
    this.#waiting.add(look);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(look);
    }
  }
}
