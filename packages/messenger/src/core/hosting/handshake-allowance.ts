import { TokenBucket } from './token-bucket.js';

/** Spec 6: handshakes past mac1, with native crypto. */
const PER_SECOND = 50;
const BURST = 100;
/** One address may take a quarter of them: four connections are enough to take them all, with one first message again and again. */
const SHARES = 4;
/** Those that came last are remembered. */
const MAX_ADDRESSES = 1_024;

/** How many handshakes may begin: in all, and of one address. */
export class HandshakeAllowance {
  readonly #all: TokenBucket;
  /** Least recently seen first. */
  readonly #byAddress = new Map<string, TokenBucket>();

  constructor(now: number) {
    this.#all = new TokenBucket({ perSecond: PER_SECOND, burst: BURST, now });
  }

  /** Without an address there is no share to keep to. Time in milliseconds. */
  take(address: string | undefined, now: number): boolean {
    if (address !== undefined && !this.#shareOf(address, now).take(now)) return false;
    return this.#all.take(now);
  }

  #shareOf(address: string, now: number): TokenBucket {
    const share =
      this.#byAddress.get(address) ??
      new TokenBucket({ perSecond: PER_SECOND / SHARES, burst: BURST / SHARES, now });
    this.#byAddress.delete(address);
    this.#byAddress.set(address, share);
    const [oldest] = this.#byAddress.keys();
    if (oldest !== undefined && this.#byAddress.size > MAX_ADDRESSES) {
      this.#byAddress.delete(oldest);
    }
    return share;
  }
}
