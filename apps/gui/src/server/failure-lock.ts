const MAX_FAILURES = 5;
const LOCK_MS = 60_000;

/** Five wrong codes or tokens, and whoever has none of those that are known has to wait a minute. */
export class FailureLock {
  readonly #now: () => number;
  #failures = 0;
  #lastFailureAt = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get isLocked(): boolean {
    return this.#failures >= MAX_FAILURES && this.#now() - this.#lastFailureAt < LOCK_MS;
  }

  fail(): void {
    const now = this.#now();
    // What is a minute old is forgotten, so that slips over a long day do not add up.
    if (now - this.#lastFailureAt >= LOCK_MS) this.#failures = 0;
    this.#failures += 1;
    this.#lastFailureAt = now;
  }
}
