/** Loads again whenever something changed: one load at a time, and one more if it changed meanwhile. */
export class LatestLoad {
  readonly #load: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isStale = false;

  constructor(load: () => Promise<void>) {
    this.#load = load;
  }

  /** Resolves when what has been loaded is newer than this call; rejects if a load failed. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#running ??= this.#loop();
    return this.#running;
  }

  async #loop(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#load();
      }
    } finally {
      // In the same turn as the last look at the flag: a change in between would be lost.
      this.#running = undefined;
    }
  }
}
