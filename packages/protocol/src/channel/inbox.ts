import { INBOX_MAX_BYTES, INBOX_MAX_RECORDS } from '../limits.js';
import type { ReceivedRecord } from '../record/received-record.js';

/**
 * Received records on their way to the application. Records that are there already are given one after the other without
 * waiting for a timer, so that an application can treat all that came in one turn together.
 */
export class Inbox implements AsyncIterable<ReceivedRecord> {
  readonly #records: ReceivedRecord[] = [];
  readonly #readers: ((result: IteratorResult<ReceivedRecord>) => void)[] = [];
  readonly #onAbandoned: () => void;
  #bytes = 0;
  #hasEnded = false;
  #isUnbounded = false;
  #room: PromiseWithResolvers<void> | undefined;

  /** `onAbandoned` is called when the application leaves the iteration before its end. */
  constructor(onAbandoned: () => void) {
    this.#onAbandoned = onAbandoned;
  }

  /** Adds a record. The promise, if there is one, resolves when there is room for more. */
  add(record: ReceivedRecord): Promise<void> | undefined {
    if (this.#hasEnded) return undefined;
    const reader = this.#readers.shift();
    if (reader) {
      reader({ done: false, value: record });
      return undefined;
    }
    this.#records.push(record);
    this.#bytes += record.body.length;
    if (this.#hasRoom()) return undefined;
    this.#room ??= Promise.withResolvers<void>();
    return this.#room.promise;
  }

  /** Lifts the bounds: the connection has ended, and what it still holds is bounded by itself. */
  lift(): void {
    this.#isUnbounded = true;
    this.#makeRoom();
  }

  /** No more records come; those that are there can still be read. */
  end(): void {
    this.#hasEnded = true;
    this.#makeRoom();
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<ReceivedRecord> {
    return {
      next: () => this.#next(),
      return: () => {
        this.#records.length = 0;
        this.end();
        this.#onAbandoned();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #next(): Promise<IteratorResult<ReceivedRecord>> {
    const record = this.#records.shift();
    if (record) {
      this.#bytes -= record.body.length;
      if (this.#hasRoom()) this.#makeRoom();
      return Promise.resolve({ done: false, value: record });
    }
    if (this.#hasEnded) return Promise.resolve({ done: true, value: undefined });
    const { promise, resolve } = Promise.withResolvers<IteratorResult<ReceivedRecord>>();
    this.#readers.push(resolve);
    return promise;
  }

  #hasRoom(): boolean {
    const isWithin = this.#records.length < INBOX_MAX_RECORDS && this.#bytes < INBOX_MAX_BYTES;
    return this.#isUnbounded || isWithin;
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}
