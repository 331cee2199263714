/**
 * Splits text into lines and holds no more than one of them, cut at `maxCharacters`: cloudflared may write
 * what it likes for weeks.
 */
export class LineSplitter {
  readonly #maxCharacters: number;
  readonly #onLine: (line: string) => void;
  #held = '';

  constructor(maxCharacters: number, onLine: (line: string) => void) {
    this.#maxCharacters = maxCharacters;
    this.#onLine = onLine;
  }

  push(text: string): void {
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      const room = this.#maxCharacters - this.#held.length;
      const stop = end === -1 ? text.length : end;
      // Copied, so that a short line does not keep the whole chunk it came in.
      if (room > 0) this.#held += text.slice(start, Math.min(stop, start + room));
      if (end === -1) return;
      const line = this.#held;
      this.#held = '';
      this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      start = end + 1;
    }
  }

  /** What came after the last line's end. */
  finish(): void {
    if (this.#held.length > 0) this.#onLine(this.#held);
    this.#held = '';
  }
}
