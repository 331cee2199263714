/** Of visitors with more than `aboveBytes`, at most `most` are inside at once. */
export interface Places {
  readonly aboveBytes: number;
  readonly most: number;
}

interface Waiting {
  readonly bytes: number;
  readonly resolve: () => void;
}

/**
 * Lets so many in at once, and fewer of the large ones, so that a small one does not wait until a large one has gone. The others
 * wait in the order in which they came: the first for whom there is a place is next, so that a large one has its turn, too.
 */
export class Gate {
  readonly #places: readonly Places[];
  readonly #inside = new Map<object, number>();
  readonly #waiting = new Map<object, Waiting>();

  constructor(places: readonly Places[]) {
    this.#places = places;
  }

  /** Resolves when this visitor is in, or has left without having been in. */
  async enter(visitor: object, bytes: number): Promise<void> {
    if (this.#hasPlace(bytes)) {
      this.#inside.set(visitor, bytes);
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.set(visitor, { bytes, resolve }));
  }

  /** It is out, or waits no more. */
  leave(visitor: object): void {
    this.#waiting.get(visitor)?.resolve();
    this.#waiting.delete(visitor);
    if (!this.#inside.delete(visitor)) return;
    for (const [next, { bytes, resolve }] of this.#waiting) {
      if (!this.#hasPlace(bytes)) continue;
      this.#waiting.delete(next);
      this.#inside.set(next, bytes);
      resolve();
      return;
    }
  }

  #hasPlace(bytes: number): boolean {
    const inside = [...this.#inside.values()];
    return this.#places.every(
      ({ aboveBytes, most }) =>
        bytes <= aboveBytes || inside.filter((other) => other > aboveBytes).length < most,
    );
  }
}
