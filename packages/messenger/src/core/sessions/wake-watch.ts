import type { Clock } from '../ports/clock.js';

const LOOK_EVERY_MS = 5_000;
/** A look that is this late, by either clock, was held up by sleep; or the wall clock was set forward, which looks the same. */
const SLEPT_MS = 15_000;

/** Notices that the machine has slept, and calls `onWake` after it. */
export class WakeWatch {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #callOff: () => void = () => undefined;

  constructor(options: { clock: Clock; onWake: () => void }) {
    this.#clock = options.clock;
    this.#onWake = options.onWake;
    this.#look();
  }

  close(): void {
    this.#callOff();
  }

  #look(): void {
    const { now, elapsed } = { now: this.#clock.now(), elapsed: this.#clock.elapsed() };
    this.#callOff = this.#clock.after(LOOK_EVERY_MS, () => {
      // Some systems stop the one clock while they sleep, some neither.
      const passedMs = Math.max(this.#clock.now() - now, this.#clock.elapsed() - elapsed);
      this.#look();
      if (passedMs > LOOK_EVERY_MS + SLEPT_MS) this.#onWake();
    });
  }
}
