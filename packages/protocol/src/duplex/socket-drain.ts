import { DRAIN_POLL_MS, SEND_HIGH_WATER_BYTES } from '../limits.js';
import { connectionOver } from './connection-over.js';

/** Waits for a WebSocket, which tells how much it holds but not when that changes. */
export class SocketDrain {
  readonly #socket: { readonly bufferedAmount: number };
  #low: PromiseWithResolvers<void> | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(socket: { readonly bufferedAmount: number }) {
    this.#socket = socket;
  }

  /** Resolves when there is room for more, which may be now; rejects when the connection has ended. */
  async untilLow(): Promise<void> {
    if (this.#isLow()) return;
    this.#low ??= Promise.withResolvers<void>();
    this.#timer ??= setInterval(() => {
      if (this.#isLow()) this.#settle((low) => low.resolve());
    }, DRAIN_POLL_MS);
    await this.#low.promise;
  }

  stop(): void {
    this.#settle((low) => low.reject(connectionOver()));
  }

  #isLow(): boolean {
    return this.#socket.bufferedAmount <= SEND_HIGH_WATER_BYTES;
  }

  #settle(how: (low: PromiseWithResolvers<void>) => void): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#low) how(this.#low);
    this.#low = undefined;
  }
}
