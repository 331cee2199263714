/** A line of text, or what came in the place of one. */
export type Line =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too_long' }
  | { readonly kind: 'not_utf8' };

/**
 * Cuts a byte stream into lines that end with LF and nothing else: U+2028 inside a string is text.
 * A line beyond the limit is reported once and dropped up to its LF, so that it cannot fill memory.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #isSkipping = false;
  // Broken text is refused, not mended: a U+FFFD in its place would be sent and stored.
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(maxLineBytes: number) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** The lines completed by this chunk, in order. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
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
  end(): Line | undefined {
    return this.#pendingBytes > 0 ? this.#flush() : undefined;
  }

  #take(part: Uint8Array, lines: Line[]): void {
    if (this.#isSkipping || part.length === 0) return;
    if (this.#pendingBytes + part.length > this.#maxLineBytes) {
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#isSkipping = true;
      lines.push({ kind: 'too_long' });
      return;
    }
    // A copy: the stream may hand out the same buffer again.
    this.#pending.push(part.slice());
    this.#pendingBytes += part.length;
  }

  #flush(): Line {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      return { kind: 'text', text: this.#utf8.decode(bytes) };
    } catch {
      return { kind: 'not_utf8' };
    }
  }
}
