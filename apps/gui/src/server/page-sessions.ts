import { digestOf, isSameDigest, newSecret, proofOf } from './secret.js';

/** More pages than anybody has open; the oldest makes room. */
const MAX_SESSIONS = 32;

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
  #isLocked = false;

  constructor({ token, serverKey }: PageSecrets) {
    this.#digest = digestOf(token);
    this.#serverKey = serverKey;
  }

  get isLocked(): boolean {
    return this.#isLocked;
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

  lock(): void {
    this.#isLocked = true;
  }

  unlock(): void {
    this.#isLocked = false;
  }
}

/** The pages this process has let in. Nothing of it outlives the process. */
export class PageSessions {
  #sessions: readonly PageSession[] = [];

  /** The secrets of a new session; of the token only a digest is kept. */
  open(): PageSecrets {
    const secrets = { token: newSecret(), serverKey: newSecret() };
    this.#sessions = [...this.#sessions, new PageSession(secrets)].slice(-MAX_SESSIONS);
    return secrets;
  }

  find(token: string): PageSession | undefined {
    const digest = digestOf(token);
    return this.#sessions.find((session) => session.isOf(digest));
  }
}
