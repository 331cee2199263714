import xterm from '@xterm/headless';

/** Between these a terminal shows nothing new (synchronized output). */
const FRAME_BEGINS = '\u001b[?2026h';
const FRAME_ENDS = '\u001b[?2026l';

/** What a person would see on a terminal after the bytes so far. */
export class VirtualScreen {
  /** Everything that was written, for what no screen shows. */
  raw = '';
  readonly #emulator: xterm.Terminal;
  readonly #waiting = new Set<() => void>();

  /** `hasLineDiscipline`: line breaks reach the screen as a terminal's driver would pass them on. */
  constructor(columns: number, rows: number, options: { hasLineDiscipline?: boolean } = {}) {
    this.#emulator = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: options.hasLineDiscipline ?? false,
    });
  }

  write(chunk: Uint8Array, done?: () => void): void {
    this.raw += Buffer.from(chunk).toString();
    this.#emulator.write(chunk, () => {
      for (const look of this.#waiting) look();
      done?.();
    });
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
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

  /** Resolves with the screen as soon as it satisfies the condition; rejects with it after a while. */
  async shows(
    condition: string | RegExp | ((screen: string) => boolean),
    withinMs = 15_000,
  ): Promise<string> {
    const holds = (): boolean => {
      if (this.raw.lastIndexOf(FRAME_BEGINS) > this.raw.lastIndexOf(FRAME_ENDS)) return false;
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
    const timer = setTimeout(giveUp, withinMs);
    this.#waiting.add(look);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(look);
    }
  }
}
