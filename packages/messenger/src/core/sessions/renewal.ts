// Replacing sessions before they are too old: Spec 6.
import type { Clock } from '../ports/clock.js';
import type { Session } from './session-registry.js';

const HOUR_MS = 3_600_000;
const MIN_AGE_MS = 22 * HOUR_MS;
const MAX_AGE_MS = 24 * HOUR_MS;
/** After an attempt that failed; the old session lives on meanwhile, up to seven days. */
const RETRY_MS = HOUR_MS / 2;

/**
 * Dials a fresh session for each that this account began as a guest, at an age of 22 to 24 hours, and
 * when the machine has slept: the new one, with new signatures, supersedes the old one.
 */
export class Renewal {
  readonly #dial: (contact: string) => Promise<unknown>;
  readonly #clock: Clock;
  readonly #due = new Map<Session, () => void>();

  constructor(options: { dial: (contact: string) => Promise<unknown>; clock: Clock }) {
    this.#dial = options.dial;
    this.#clock = options.clock;
  }

  opened(session: Session): void {
    if (session.role !== 'guest') return;
    this.#schedule(session, MIN_AGE_MS + this.#clock.random() * (MAX_AGE_MS - MIN_AGE_MS));
  }

  ended(session: Session): void {
    this.#due.get(session)?.();
    this.#due.delete(session);
  }

  /** Whether a session has survived a sleep shows only when something is sent over it; a new one is certain. */
  wake(): void {
    for (const session of this.#due.keys()) this.#renew(session);
  }

  stopAll(): void {
    for (const callOff of this.#due.values()) callOff();
    this.#due.clear();
  }

  #schedule(session: Session, delayMs: number): void {
    this.#due.get(session)?.();
    this.#due.set(
      session,
      this.#clock.after(delayMs, () => this.#renew(session)),
    );
  }

  #renew(session: Session): void {
    if (!this.#due.has(session)) return;
    this.#schedule(session, RETRY_MS);
    // If it fails the old session goes on; if that has ended too, the reconnector is at work.
    this.#dial(session.contact).catch(() => undefined);
  }
}
