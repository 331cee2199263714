// Sending: Spec 4.1 (protocol records go first) and Spec 6 (send queue).
import { DRAIN_TIMEOUT_MS } from '../limits.js';
import { IdleTimer } from './idle-timer.js';

interface Waiting {
  readonly kind: number;
  readonly body: Uint8Array;
  readonly sent: PromiseWithResolvers<void>;
}

interface OutboxOptions {
  /** Seals the record and hands it to the connection, whose promise it gives. Sealing order is sending order. */
  readonly transmit: (kind: number, body: Uint8Array) => Promise<void>;
  /** The connection took nothing for 60 s. */
  readonly onStuck: () => void;
}

/**
 * Application records wait here: one at a time is with the connection until it has room for more. Protocol records do not
 * wait; they are only watched.
 */
export class Outbox {
  readonly #transmit: OutboxOptions['transmit'];
  // A Set keeps the order and loses its first in constant time, which an array of many thousands does not.
  readonly #queue = new Set<Waiting>();
  readonly #drainTimer: IdleTimer;
  #inHand: Waiting | undefined;
  #undrained = 0;
  #stoppedBy: Error | undefined;

  constructor({ transmit, onStuck }: OutboxOptions) {
    this.#transmit = transmit;
    this.#drainTimer = new IdleTimer(() => DRAIN_TIMEOUT_MS, onStuck);
    this.#drainTimer.pause();
  }

  /** Queues an application record. */
  add(kind: number, body: Uint8Array): Promise<void> {
    if (this.#stoppedBy) return Promise.reject(this.#stoppedBy);
    const sent = Promise.withResolvers<void>();
    this.#queue.add({ kind, body, sent });
    if (!this.#inHand) void this.#work();
    return sent.promise;
  }

  /** Counts a message given to the connection until it has drained; settles as `sending` does. */
  async watch(sending: Promise<void>): Promise<void> {
    this.#undrained += 1;
    if (this.#undrained === 1) this.#drainTimer.resume();
    try {
      await sending;
    } finally {
      this.#undrained -= 1;
      this.#drainTimer.touch();
      if (this.#undrained === 0) this.#drainTimer.pause();
    }
  }

  /** Nothing that waits is sent any more: its promises reject with `reason`. What is with the connection goes on. */
  stop(reason: Error): void {
    this.#stoppedBy ??= reason;
    for (const waiting of this.#queue) waiting.sent.reject(reason);
    this.#queue.clear();
  }

  /** Stops, and gives up what is with the connection too. */
  abandon(reason: Error): void {
    this.stop(reason);
    this.#inHand?.sent.reject(reason);
    this.#drainTimer.stop();
  }

  async #work(): Promise<void> {
    for (const next of this.#queue) {
      this.#queue.delete(next);
      this.#inHand = next;
      try {
        await this.#transmit(next.kind, next.body);
        next.sent.resolve();
      } catch (error) {
        next.sent.reject(error);
      }
    }
    this.#inHand = undefined;
  }
}
