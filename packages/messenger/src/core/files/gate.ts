/** Lets so many in at once; the others wait in the order in which they came. */
export class Gate {
  readonly #capacity: number;
  readonly #inside = new Set<object>();
  readonly #waiting = new Map<object, () => void>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Resolves when this visitor is in, or has left without having been in. */
  async enter(visitor: object): Promise<void> {
    if (this.#inside.size < this.#capacity) {
      this.#inside.add(visitor);
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.set(visitor, resolve));
  }

  /** It is out, or waits no more. */
  leave(visitor: object): void {
    this.#waiting.get(visitor)?.();
    this.#waiting.delete(visitor);
    if (!this.#inside.delete(visitor)) return;
    for (const [next, resolve] of this.#waiting) {
      this.#waiting.delete(next);
      this.#inside.add(next);
      resolve();
      return;
    }
  }
}
