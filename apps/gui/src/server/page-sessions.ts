import { digestOf, isSameDigest, newSecret, proofOf } from './secret.js';

/** More pages than anybody may come back to; the oldest makes room. Those that are open stay. */
const MAX_ABSENT = 32;

/** What a page is given, for this tab alone. */
export interface PageSecrets {
  /** Lets the page in again. */
  readonly token: string;
  /** By this the page knows the process again that let it in. */
  readonly serverKey: string;
}

/**
 * One page that was opened with a launch code.
 *
 *     open --lock--> locked --unlock, with the password--> open
 */
export class PageSession {
  readonly #digest: Buffer;
  readonly #serverKey: string;
  #sockets = 0;
  readonly #lockListeners = new Set<(account: string) => void>();
  #isLocked: boolean;

  constructor({ token, serverKey }: PageSecrets, isLocked: boolean) {
    this.#digest = digestOf(token);
    this.#serverKey = serverKey;
    this.#isLocked = isLocked;
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Whether a page is there: what it shows must stay something it can lock. */
  get isPresent(): boolean {
    return this.#sockets > 0;
  }

  /** Counts a socket of the page until the returned function is called. */
  enter(): () => void {
    this.#sockets += 1;
    return () => {
      this.#sockets -= 1;
    };
  }

  isOf(digest: Buffer): boolean {
    return isSameDigest(this.#digest, digest);
  }

  /**
   * What shows the page that it speaks with the process it came from. If that has ended, any program
   * of this machine can listen on its port, and would be asked to take the next password.
   */
  proofFor(nonce: string): string {
    return proofOf(this.#serverKey, nonce);
  }

  /** Calls `listener`, with the name of the account that is hidden, when the page is locked. */
  onLock(listener: (account: string) => void): () => void {
    this.#lockListeners.add(listener);
    return () => this.#lockListeners.delete(listener);
  }

  lock(account: string): void {
    this.#isLocked = true;
    for (const listener of this.#lockListeners) listener(account);
  }

  unlock(): void {
    this.#isLocked = false;
  }
}

/** The pages this process has let in. Nothing of it outlives the process. */
export class PageSessions {
  #sessions: readonly PageSession[] = [];

  /** Hides this account from all pages, those to come as well, each until the password is typed. */
  lock(account: string): void {
    for (const session of this.#sessions) session.lock(account);
  }

  /** The secrets of a new session; of the token only a digest is kept. */
  open(): PageSecrets {
    const secrets = { token: newSecret(), serverKey: newSecret() };
    // A link to the page is no way around the password: the terminal may be as unwatched as the page.
    const isLocked = this.#sessions.some((session) => session.isLocked);
    const absent = this.#sessions.filter(({ isPresent }) => !isPresent);
    const kept = new Set(absent.slice(-(MAX_ABSENT - 1)));
    this.#sessions = [
      ...this.#sessions.filter((session) => session.isPresent || kept.has(session)),
      new PageSession(secrets, isLocked),
    ];
    return secrets;
  }

  find(token: string): PageSession | undefined {
    const digest = digestOf(token);
    return this.#sessions.find((session) => session.isOf(digest));
  }
}
