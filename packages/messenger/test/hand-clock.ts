import type { Clock } from '../src/core/ports/clock.js';

interface Due {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until a test moves it. */
export class HandClock implements Clock {
  #now: number;
  #elapsed = 0;
  readonly #due = new Set<Due>();
  /** What `random` gives. */
  chance: () => number;

  constructor(options: { now?: number; chance?: () => number } = {}) {
    this.#now = options.now ?? 1_800_000_000_000;
    this.chance = options.chance ?? (() => 0.5);
  }

  /** How many tasks wait. */
  get waiting(): number {
    return this.#due.size;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  random(): number {
    return this.chance();
  }

  after(delayMs: number, task: () => void): () => void {
    const due = { at: this.#elapsed + delayMs, task };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  /** Time passes: tasks that become due are run at their times, also those that tasks ask for. */
  advance(ms: number): void {
    const end = this.#elapsed + ms;
    for (;;) {
      const [next] = [...this.#due]
        .filter(({ at }) => at <= end)
        .toSorted((left, right) => left.at - right.at);
      if (next === undefined) break;
      this.#due.delete(next);
      this.#pass(Math.max(0, next.at - this.#elapsed));
      next.task();
    }
    this.#pass(end - this.#elapsed);
  }

  /** Somebody sets the wall clock, backwards too; no time passes. */
  set(byMs: number): void {
    this.#now += byMs;
  }

  /** The machine sleeps: time passes, and no task is run before it is over. */
  sleep(ms: number, options: { elapsedStops?: boolean } = {}): void {
    this.#now += ms;
    if (options.elapsedStops !== true) this.#elapsed += ms;
  }

  #pass(ms: number): void {
    this.#elapsed += ms;
    this.#now += ms;
  }
}
