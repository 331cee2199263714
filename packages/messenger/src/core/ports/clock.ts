/** Time and chance, so that tests can have their own. */
export interface Clock {
  /** Unix milliseconds: may jump. */
  now(): number;
  /** Milliseconds that only pass; they may stand still while the machine sleeps. */
  elapsed(): number;
  /** Calls `task` once after a while; the function it returns calls that off. */
  after(delayMs: number, task: () => void): () => void;
  /** At random, from 0 up to but not 1. */
  random(): number;
}
