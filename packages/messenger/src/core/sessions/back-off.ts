const FIRST_MS = 1_000;
const MIN_MS = 500;
const MAX_MS = 60_000;

/**
 * How long to wait before an attempt, in milliseconds: it doubles from one to the next, from half a
 * second to a minute, and half of it is chance, so that the guests of one host do not come back all at
 * once. The first attempt is number 1; `random` is from 0 up to 1.
 */
export function backOffMs(attempt: number, random: number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.max(MIN_MS, Math.round(ceiling * (0.5 + random / 2)));
}
