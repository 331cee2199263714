import { DRAIN_POLL_MS, SEND_HIGH_WATER_BYTES } from '../limits.js';
import { connectionOver } from './connection-over.js';

/** Waits for a WebSocket, which tells how much it holds but not when that changes. */
export class SocketDrain {
  readonly #waitingBytes: () => number;
  #low: PromiseWithResolvers<void> | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(waitingBytes: () => number) {
    this.#waitingBytes = waitingBytes;
  }

  get waitingBytes(): number {
    return this.#waitingBytes();
  }

  /** Resolves when there is room for more; rejects when the connection has ended. */
  untilLow(): Promise<void> {
    this.#low ??= Promise.withResolvers<void>();
    this.#timer ??= setInterval(() => {
      if (this.#waitingBytes() <= SEND_HIGH_WATER_BYTES) this.#settle((low) => low.resolve());
    }, DRAIN_POLL_MS);
    return this.#low.promise;
  }

  stop(): void {
    this.#settle((low) => low.reject(connectionOver()));
  }

  #settle(how: (low: PromiseWithResolvers<void>) => void): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#low) how(this.#low);
    this.#low = undefined;
  }
}
