import type { OutputStream } from '../terminal/terminal.js';

/** One line that is written over again, on a terminal; elsewhere nothing is written. */
export class StatusLine {
  readonly #stream: OutputStream;
  #isShown = false;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Escaped text. */
  show(text: string): void {
    if (this.#stream.isTTY !== true) return;
    const columns = Math.max(1, (this.#stream.columns ?? 80) - 1);
    this.#isShown = true;
    this.#stream.write(`\r\u001b[K${text.slice(0, columns)}`);
  }

  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#stream.write('\r\u001b[K');
  }
}
