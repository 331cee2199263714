import { AIMED_DELAY_MS, CREDIT_EVERY_BYTES } from './limits.js';

interface Sent {
  readonly end: number;
  readonly atMs: number;
}

/**
 * How far a sender may go beyond what the receiver has on disk: at most the window of Spec 8.5, and less where that much
 * would be long on its way, since a text has to wait behind it. It begins with about two chunks, and is widened as long as there
 * is credit for a chunk about as soon as at best. `room` resolves when the offset is within, or once the transfer is called off.
 */
export class CreditWindow {
  readonly #chunkBytes: number;
  readonly #least: number;
  readonly #most: number;
  readonly #now: () => number;
  #bytes: number;
  #credit: number;
  /** What there is no credit for yet, in order. */
  #sent: Sent[] = [];
  #leastDelayMs = Infinity;
  /** Of chunks that were sent at this width: the least delay, and where the ones end that tell enough. */
  #quickestMs = Infinity;
  #roundBegin = 0;
  #roundEnd = 0;
  #wasLate = false;
  #waiting: { readonly offset: number; readonly resolve: () => void } | undefined;
  #isCalledOff = false;

  constructor(options: {
    windowBytes: number;
    chunkBytes: number;
    credit: number;
    /** In milliseconds. */
    now: () => number;
  }) {
    this.#most = options.windowBytes;
    this.#chunkBytes = options.chunkBytes;
    // One on its way while the other is written, and never less than it takes until the receiver has to say something.
    const least = this.#chunkBytes + Math.max(this.#chunkBytes, CREDIT_EVERY_BYTES);
    this.#least = Math.min(least, this.#most);
    this.#bytes = this.#least;
    this.#credit = options.credit;
    this.#now = options.now;
  }

  get credit(): number {
    return this.#credit;
  }

  /** What ends at `offset` is on its way. */
  send(offset: number): void {
    this.#sent.push({ end: offset, atMs: this.#now() });
  }

  /** Everything below `offset` has arrived; an older word changes nothing. */
  grant(offset: number): void {
    if (offset <= this.#credit) return;
    this.#credit = offset;
    this.#fit(offset);
    if (this.#waiting !== undefined && this.#isWithin(this.#waiting.offset)) this.#letGoOn();
  }

  /** Resolves when what ends at `offset` may be sent. */
  async room(offset: number): Promise<void> {
    if (this.#isCalledOff || this.#isWithin(offset)) return;
    await new Promise<void>((resolve) => {
      this.#waiting = { offset, resolve };
    });
  }

  /** Nobody waits from now on: whoever does, or would, sees that the transfer has been called off. */
  release(): void {
    this.#isCalledOff = true;
    this.#letGoOn();
  }

  #fit(offset: number): void {
    const arrived = this.#sent.filter(({ end }) => end <= offset);
    this.#sent = this.#sent.slice(arrived.length);
    const last = arrived.at(-1);
    if (last === undefined) return;
    const delayMs = Math.max(0, this.#now() - last.atMs);
    this.#leastDelayMs = Math.min(this.#leastDelayMs, delayMs);
    if (last.end <= this.#roundBegin) return;
    this.#quickestMs = Math.min(this.#quickestMs, delayMs);
    this.#wasLate ||= this.#isLate(delayMs);
    // At first with each chunk that arrives, so twice as wide each time; step by step once that has gone too far.
    if (this.#wasLate && last.end < this.#roundEnd) return;
    // One late chunk may have met a busy machine: it is the way only if all of them are late.
    const isTooWide = this.#isLate(this.#quickestMs);
    // The narrowest window shows how long the way itself is, which may have become longer.
    if (isTooWide && this.#bytes === this.#least) this.#leastDelayMs = this.#quickestMs;
    this.#bytes = isTooWide
      ? Math.max(this.#least, this.#bytes / 2)
      : Math.min(this.#most, this.#bytes + this.#chunkBytes);
    if (this.#wasLate) this.#beginRound(last.end);
  }

  #isLate(delayMs: number): boolean {
    return delayMs > this.#leastDelayMs + AIMED_DELAY_MS;
  }

  #beginRound(arrived: number): void {
    this.#quickestMs = Infinity;
    this.#roundBegin = this.#sent.at(-1)?.end ?? arrived;
    this.#roundEnd = this.#roundBegin + this.#bytes;
  }

  #letGoOn(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  #isWithin(offset: number): boolean {
    return offset <= this.#credit + this.#bytes;
  }
}
