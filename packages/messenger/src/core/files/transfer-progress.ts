import type { EventHub } from '../event-hub.js';
import type { Clock } from '../ports/clock.js';
import { unverifiedBytes } from './file-view.js';
import { PROGRESS_EVERY_MS } from './limits.js';
import { TransferRate } from './transfer-rate.js';

/** Tells how far one file is, not too often, and once that nothing of it is left to come: what follows may take long. */
export class TransferProgress {
  readonly #id: string;
  readonly #size: number;
  readonly #events: EventHub;
  readonly #clock: Clock;
  readonly #onMark: (bytes: number) => void;
  #rate: TransferRate | undefined;
  #toldAt = -Infinity;
  #hasToldWhole = false;

  constructor(options: {
    id: string;
    size: number;
    events: EventHub;
    clock: Clock;
    /** Each time, also if nothing is told. */
    onMark: (bytes: number) => void;
  }) {
    this.#id = options.id;
    this.#size = options.size;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#onMark = options.onMark;
  }

  mark(bytes: number): void {
    this.#onMark(bytes);
    const elapsed = this.#clock.elapsed();
    this.#rate ??= new TransferRate(elapsed, bytes);
    const isNewlyWhole = bytes >= this.#size && !this.#hasToldWhole;
    if (!isNewlyWhole && elapsed - this.#toldAt < PROGRESS_EVERY_MS) return;
    this.#hasToldWhole ||= isNewlyWhole;
    this.#toldAt = elapsed;
    this.#events.emit({
      method: 'file.progress',
      params: {
        id: this.#id,
        bytes: unverifiedBytes(bytes, this.#size),
        size: this.#size,
        bytesPerSecond: this.#rate.mark(elapsed, bytes),
      },
    });
  }
}
