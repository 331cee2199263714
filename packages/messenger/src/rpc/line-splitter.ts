/**
 * Cuts a byte stream into lines that end with LF and nothing else: U+2028 inside a string is text.
 * A line beyond the limit is reported once and dropped up to its LF, so that it cannot fill memory.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #isSkipping = false;

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** The lines completed by this chunk, in order; `undefined` stands for one that was too long. */
  push(chunk: Uint8Array): (string | undefined)[] {
    const lines: (string | undefined)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      this.#take(chunk.subarray(start, end), lines);
      if (!this.#isSkipping) lines.push(this.#flush());
      this.#isSkipping = false;
      start = end + 1;
    }
    this.#take(chunk.subarray(start), lines);
    return lines;
  }

  /** What stands after the last LF, when the stream has ended. */
  end(): string | undefined {
    return this.#pendingBytes > 0 ? this.#flush() : undefined;
  }

  #take(part: Uint8Array, lines: (string | undefined)[]): void {
    if (this.#isSkipping || part.length === 0) return;
    if (this.#pendingBytes + part.length > this.#maxLineBytes) {
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#isSkipping = true;
      lines.push(undefined);
      return;
    }
    // A copy: the stream may hand out the same buffer again.
    this.#pending.push(part.slice());
    this.#pendingBytes += part.length;
  }

  #flush(): string {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    return bytes.toString('utf8');
  }
}
