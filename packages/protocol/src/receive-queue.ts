import { RECEIVE_QUEUE_MAX_BYTES, RECEIVE_QUEUE_MAX_ITEMS } from './limits.js';

interface ReceiveQueueOptions<T> {
  readonly bytesOf: (item: T) => number;
  /** Is called when the reader leaves the iteration before its end. */
  readonly onAbandoned: () => void;
}

/**
 * What was received on its way to whoever reads it, bounded by count and by bytes. Items that are there already are given
 * one after the other without waiting for a timer, so that a reader can treat all that came in one turn together.
 */
export class ReceiveQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #readers: ((result: IteratorResult<T>) => void)[] = [];
  readonly #bytesOf: (item: T) => number;
  readonly #onAbandoned: () => void;
  #bytes = 0;
  #hasEnded = false;
  #isUnbounded = false;
  #room: PromiseWithResolvers<void> | undefined;

  constructor({ bytesOf, onAbandoned }: ReceiveQueueOptions<T>) {
    this.#bytesOf = bytesOf;
    this.#onAbandoned = onAbandoned;
  }

  /** Bytes that wait for the reader. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds an item. The promise, if there is one, resolves when there is room for more. */
  add(item: T): Promise<void> | undefined {
    if (this.#hasEnded) return undefined;
    const reader = this.#readers.shift();
    if (reader) {
      reader({ done: false, value: item });
      return undefined;
    }
    this.#items.push(item);
    this.#bytes += this.#bytesOf(item);
    if (this.#hasRoom()) return undefined;
    this.#room ??= Promise.withResolvers<void>();
    return this.#room.promise;
  }

  /** Lifts the bounds: the connection has ended, and what it still holds is bounded by itself. */
  lift(): void {
    this.#isUnbounded = true;
    this.#makeRoom();
  }

  /** Nothing more comes; what is there can still be read. */
  end(): void {
    this.#hasEnded = true;
    this.#makeRoom();
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  /** Nothing more is to be read. */
  discard(): void {
    this.#items.length = 0;
    this.#bytes = 0;
    this.end();
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () => this.#next(),
      return: () => {
        this.discard();
        this.#onAbandoned();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#bytes -= this.#bytesOf(item);
      if (this.#hasRoom()) this.#makeRoom();
      return Promise.resolve({ done: false, value: item });
    }
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve } = Promise.withResolvers<IteratorResult<T>>();
    this.#readers.push(resolve);
    return promise;
  }

  #hasRoom(): boolean {
    const isShort = this.#items.length < RECEIVE_QUEUE_MAX_ITEMS;
    return this.#isUnbounded || (isShort && this.#bytes < RECEIVE_QUEUE_MAX_BYTES);
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}
