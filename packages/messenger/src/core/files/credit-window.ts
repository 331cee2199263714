/**
 * How far a sender may go: as far as the window beyond what the receiver has on disk (Spec 8.5).
 * `room` resolves when the offset is within it, or once the transfer is called off.
 */
export class CreditWindow {
  readonly #windowBytes: number;
  #credit: number;
  #waiting: { readonly offset: number; readonly resolve: () => void } | undefined;
  #isCalledOff = false;

  constructor(options: { windowBytes: number; credit: number }) {
    this.#windowBytes = options.windowBytes;
    this.#credit = options.credit;
  }

  get credit(): number {
    return this.#credit;
  }

  /** Everything below `offset` has arrived; an older word changes nothing. */
  grant(offset: number): void {
    if (offset <= this.#credit) return;
    this.#credit = offset;
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

  #letGoOn(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  #isWithin(offset: number): boolean {
    return offset <= this.#credit + this.#windowBytes;
  }
}
