/** Runs tasks one after the other, in the order in which they were given. */
export class Mutex {
  #last: Promise<unknown> | undefined;

  /** The task that ends last of those given so far; undefined when none is under way. */
  get pending(): Promise<unknown> | undefined {
    return this.#last;
  }

  run<T>(task: () => Promise<T>): Promise<T> {
    const previous = this.#last ?? Promise.resolve();
    const result = previous.then(task);
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (this.#last === settled) this.#last = undefined;
      });
    this.#last = settled;
    return result;
  }
}
