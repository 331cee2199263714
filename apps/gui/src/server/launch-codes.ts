import { digestOf, isSameDigest, newSecret } from './secret.js';

export const LAUNCH_CODE_MS = 60_000;
/** Nobody opens more pages than this within a minute. */
const MAX_OPEN_CODES = 16;

interface LaunchCode {
  readonly digest: Buffer;
  readonly expiresAt: number;
}

/** One-time codes that open the page: whoever can read the terminal or a private file has one. */
export class LaunchCodes {
  readonly #now: () => number;
  #codes: readonly LaunchCode[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  create(): string {
    const code = newSecret();
    const made = { digest: digestOf(code), expiresAt: this.#now() + LAUNCH_CODE_MS };
    this.#codes = [...this.#unexpired(), made].slice(-MAX_OPEN_CODES);
    return code;
  }

  /** No code that was made until now opens anything. */
  clear(): void {
    this.#codes = [];
  }

  /** True once for each code, and only in its time. */
  redeem(code: string): boolean {
    const digest = digestOf(code);
    const unexpired = this.#unexpired();
    this.#codes = unexpired.filter((known) => !isSameDigest(known.digest, digest));
    return this.#codes.length < unexpired.length;
  }

  #unexpired(): readonly LaunchCode[] {
    return this.#codes.filter(({ expiresAt }) => expiresAt > this.#now());
  }
}
