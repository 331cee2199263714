/**
 * Messages between a socket that pushes and a reader that iterates. What came within one turn of the
 * event loop is handed over without waiting for another one.
 */
export class MessageQueue implements AsyncIterable<Uint8Array> {
  readonly #onRead: () => void;
  #messages: Uint8Array[] = [];
  /** Index of the next message to hand out; the front is cut off when it is half of all. */
  #next = 0;
  #bytes = 0;
  #hasEnded = false;
  #isIterated = false;
  #waiting: ((result: IteratorResult<Uint8Array, undefined>) => void) | undefined;

  /** `onRead` is called whenever a message has left the queue. */
  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  /** Bytes that wait for the reader. */
  get bytes(): number {
    return this.#bytes;
  }

  push(message: Uint8Array): void {
    if (this.#hasEnded) return;
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#messages.push(message);
      this.#bytes += message.length;
      return;
    }
    this.#waiting = undefined;
    waiting({ done: false, value: message });
  }

  /** No more will come; what is there can still be read. */
  end(): void {
    this.#hasEnded = true;
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  /** No more will be read. */
  discard(): void {
    this.#messages = [];
    this.#next = 0;
    this.#bytes = 0;
    this.end();
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    if (this.#isIterated) throw new TypeError('The messages of a connection are iterated once.');
    this.#isIterated = true;
    return {
      next: () => this.#read(),
      return: async () => {
        this.discard();
        this.#onRead();
        return { done: true, value: undefined };
      },
    };
  }

  /** Not an async function, whose promise would be a second one around that of the reader who waits. */
  #read(): Promise<IteratorResult<Uint8Array, undefined>> {
    const message = this.#messages[this.#next];
    if (message === undefined) {
      if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
    this.#next += 1;
    // What has been read is let go, also by a reader that never quite catches up.
    if (this.#next * 2 >= this.#messages.length) {
      this.#messages = this.#messages.slice(this.#next);
      this.#next = 0;
    }
    this.#bytes -= message.length;
    this.#onRead();
    return Promise.resolve({ done: false, value: message });
  }
}
