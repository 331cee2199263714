import type { Clock } from '../core/ports/clock.js';

/** The machine's. What is due later does not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
