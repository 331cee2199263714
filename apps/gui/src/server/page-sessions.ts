import { digestOf, isSameDigest, newSecret } from './secret.js';

/** More pages than anybody has open; the oldest makes room. */
const MAX_SESSIONS = 32;

/**
 * One page that was opened with a launch code.
 *
 *     open --lock--> locked --unlock, with the password--> open
 */
export class PageSession {
  readonly #digest: Buffer;
  readonly #listeners = new Set<() => void>();
  #lockedAccount: string | undefined;

  constructor(token: string) {
    this.#digest = digestOf(token);
  }

  /** The account that must be unlocked before this page gets to see anything of it again. */
  get lockedAccount(): string | undefined {
    return this.#lockedAccount;
  }

  isOf(digest: Buffer): boolean {
    return isSameDigest(this.#digest, digest);
  }

  lock(account: string): void {
    this.#lockedAccount = account;
    for (const listener of this.#listeners) listener();
  }

  unlock(): void {
    this.#lockedAccount = undefined;
  }

  /** Calls `listener` when the page is locked, until the returned function is called. */
  onLock(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The pages this process has let in. Nothing of it outlives the process. */
export class PageSessions {
  #sessions: readonly PageSession[] = [];

  /** The token of a new session; only its digest is kept. */
  open(): string {
    const token = newSecret();
    this.#sessions = [...this.#sessions, new PageSession(token)].slice(-MAX_SESSIONS);
    return token;
  }

  find(token: string): PageSession | undefined {
    const digest = digestOf(token);
    // Every one is compared, so that the time does not say which one matched.
    const [found] = this.#sessions.filter((session) => session.isOf(digest));
    return found;
  }
}
