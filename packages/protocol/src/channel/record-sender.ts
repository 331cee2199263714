import { sessionOver } from '../record/session-errors.js';
import type { Duplex } from './duplex.js';

interface RecordSenderOptions {
  readonly duplex: Duplex;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Is told of each frame until the connection has drained it. */
  readonly watch: (draining: Promise<void>) => Promise<void>;
}

/** Seals a record and hands it to the connection in one step, so that sealing order is sending order. */
export class RecordSender {
  readonly #options: RecordSenderOptions;

  constructor(options: RecordSenderOptions) {
    this.#options = options;
  }

  /** Throws what `seal` throws; the promise rejects with `session_over` if the connection has ended. */
  send(seal: (timeMs: number) => Uint8Array): Promise<void> {
    return this.#handOver(seal(this.#timeMs()));
  }

  async #handOver(frame: Uint8Array): Promise<void> {
    const { duplex, watch } = this.#options;
    try {
      await watch(duplex.send(frame));
    } catch (cause) {
      // Only a connection that has ended refuses; the reading side then ends the channel, after what is still to be read.
      duplex.terminate();
      throw sessionOver(cause);
    }
  }

  /** Only for display (Spec 3.3), so a clock that is no clock ends nothing. */
  #timeMs(): number {
    const timeMs = Math.floor(this.#options.now());
    return Number.isSafeInteger(timeMs) ? Math.max(0, timeMs) : 0;
  }
}
