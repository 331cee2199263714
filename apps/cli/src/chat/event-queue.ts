import type { GravyEvent } from '@gravy/messenger';

/**
 * Hands events on in their order: at once, or after the one before if that has to load something first.
 * Nothing may be said of a person before their name is known, nor in another order than it happened.
 */
export class EventQueue {
  readonly #handle: (event: GravyEvent) => Promise<void> | undefined;
  readonly #fail: (error: unknown) => void;
  readonly #waiting: GravyEvent[] = [];
  #isHeld = false;

  /** `handle` answers with a promise if the next event has to wait; `fail` hears of its rejection. */
  constructor(options: {
    handle: (event: GravyEvent) => Promise<void> | undefined;
    fail: (error: unknown) => void;
  }) {
    this.#handle = options.handle;
    this.#fail = options.fail;
  }

  push(event: GravyEvent): void {
    if (this.#isHeld) {
      this.#waiting.push(event);
      return;
    }
    const work = this.#handle(event);
    if (work !== undefined) void this.holdDuring(work.catch(this.#fail));
  }

  /** What comes before this is settled waits for it; resolves with its outcome. */
  async holdDuring<T>(work: Promise<T>): Promise<T> {
    this.#isHeld = true;
    try {
      return await work;
    } finally {
      this.#isHeld = false;
      while (!this.#isHeld) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        this.push(next);
      }
    }
  }
}
