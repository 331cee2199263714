import type { Duplex } from './duplex.js';

/** What is left when the connection has ended. */
export const ENDED = Symbol('ended');

/**
 * Reads a duplex one message at a time. Waiting and taking are two things, so that a wait can be given up (for a timer, or a
 * decision) without losing the message that comes later.
 */
export class MessageReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #waiting: Promise<Uint8Array | typeof ENDED> | undefined;

  constructor(duplex: Duplex) {
    this.#iterator = duplex.messages[Symbol.asyncIterator]();
  }

  /** The next message, which stays next until `take`. Never rejects: a connection that fails has ended. */
  peek(): Promise<Uint8Array | typeof ENDED> {
    this.#waiting ??= this.#iterator.next().then(
      (result) => (result.done === true ? ENDED : result.value),
      () => ENDED,
    );
    return this.#waiting;
  }

  /** The next message, which is now taken. */
  take(): Promise<Uint8Array | typeof ENDED> {
    const next = this.peek();
    this.#waiting = undefined;
    return next;
  }
}
