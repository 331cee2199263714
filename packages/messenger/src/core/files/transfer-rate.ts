const WINDOW_MS = 3_000;

/** How fast something goes, over the last seconds. Time is a parameter, in milliseconds that only pass. */
export class TransferRate {
  readonly #marks: { readonly at: number; readonly bytes: number }[] = [];

  constructor(now: number, bytes: number) {
    this.#marks.push({ at: now, bytes });
  }

  /** So many bytes in all have passed now; answers with bytes a second. */
  mark(now: number, bytes: number): number {
    this.#marks.push({ at: now, bytes });
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? now) <= now - WINDOW_MS) {
      this.#marks.shift();
    }
    const [first] = this.#marks;
    if (first === undefined || now <= first.at) return 0;
    return Math.round(((bytes - first.bytes) * 1_000) / (now - first.at));
  }
}
