import type { Duplex } from '../src/channel/duplex.js';

/** One end of an in-memory connection that a test can stall, listen to and cut. */
export class MemoryDuplex implements Duplex {
  readonly closed: Promise<void>;
  /** What this end has sent, in order. */
  readonly sent: Uint8Array[] = [];
  /** While set, sends are taken but do not drain. */
  isStalled = false;
  /** While set, what this end sends gets lost. */
  isMuted = false;
  /** While set, `close` does nothing, as with a far end that never answers. */
  isStuck = false;
  #peer: MemoryDuplex | undefined;
  readonly #inbox: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  readonly #ended = Promise.withResolvers<void>();
  #hasEnded = false;

  constructor() {
    this.closed = this.#ended.promise;
  }

  static pair(): readonly [MemoryDuplex, MemoryDuplex] {
    const pair = [new MemoryDuplex(), new MemoryDuplex()] as const;
    [pair[0].#peer, pair[1].#peer] = [pair[1], pair[0]];
    return pair;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Messages that this end's reader has not taken. */
  get unread(): number {
    return this.#inbox.length;
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.#iterate();
  }

  send(bytes: Uint8Array): Promise<void> {
    if (this.#hasEnded) return Promise.reject(new Error('the connection has ended'));
    this.sent.push(bytes);
    if (!this.isMuted) this.#peer?.deliver(bytes.slice());
    return this.isStalled ? new Promise(() => undefined) : Promise.resolve();
  }

  /** Puts a message before this end's reader. */
  deliver(bytes: Uint8Array): void {
    this.#inbox.push(bytes);
    this.#wake?.();
  }

  close(): void {
    if (!this.isStuck) this.terminate();
  }

  terminate(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#ended.resolve();
    this.#wake?.();
    this.#peer?.terminate();
  }

  async *#iterate(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message) {
        yield message;
      } else if (this.#hasEnded) {
        return;
      } else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }
}
