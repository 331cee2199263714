// When a session has carried or lasted enough: Spec 6.
import { SESSION_MAX_AGE_MS } from '../limits.js';
import type { Session } from '../record/session.js';

/** Tells when a session is to be closed with "session age": by its time, or because its counters near their limits. */
export class SessionLimit {
  readonly #session: Session;
  readonly #onReached: () => void;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(session: Session, onReached: () => void) {
    this.#session = session;
    this.#onReached = onReached;
    this.#timer = setTimeout(onReached, SESSION_MAX_AGE_MS);
  }

  afterRecord(): void {
    if (this.#session.isNearLimit) this.#onReached();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
