import { FailureLock } from './failure-lock.js';
import { LaunchCodes } from './launch-codes.js';
import { type PageSecrets, type PageSession, PageSessions } from './page-sessions.js';

/** What somebody who shows a code or a token gets to hear. */
export type Admission<T> =
  | { readonly kind: 'admitted'; readonly value: T }
  | { readonly kind: 'unknown' }
  /** Too many were wrong: what is not known gets no other answer for a minute. */
  | { readonly kind: 'locked' };

/** Lets pages in: by launch code first, by the token they got for it from then on. */
export class Doorkeeper {
  readonly #codes: LaunchCodes;
  readonly #sessions = new PageSessions();
  readonly #failures: FailureLock;

  constructor(now: () => number) {
    this.#codes = new LaunchCodes(now);
    this.#failures = new FailureLock(now);
  }

  createLaunchCode(): string {
    return this.#codes.create();
  }

  /** Swaps a launch code for the secrets of a new session. */
  admitByCode(code: unknown): Admission<PageSecrets> {
    return this.#admit(() =>
      typeof code === 'string' && this.#codes.redeem(code) ? this.#sessions.open() : undefined,
    );
  }

  admitByToken(token: unknown): Admission<PageSession> {
    return this.#admit(() => (typeof token === 'string' ? this.#sessions.find(token) : undefined));
  }

  /** Hides this account from every page until the password is typed, and opens none by an old code. */
  lock(account: string): void {
    this.#codes.clear();
    this.#sessions.lock(account);
  }

  /**
   * What is known gets in even while others fail: 256 bits are not guessed whatever the pace, and
   * nobody who only fails may shut out the person whose page this is.
   */
  #admit<T>(look: () => T | undefined): Admission<T> {
    const value = look();
    if (value !== undefined) return { kind: 'admitted', value };
    if (this.#failures.isLocked) return { kind: 'locked' };
    this.#failures.fail();
    return { kind: 'unknown' };
  }
}
