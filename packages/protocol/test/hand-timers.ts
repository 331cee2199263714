import { afterEach, beforeEach, vi } from 'vitest';

/** Time passes only when a test of this file or block says so, and no test leaves a timer behind. */
export function useHandTimers(): void {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    const left = vi.getTimerCount();
    vi.useRealTimers();
    if (left > 0) throw new Error(`${left} timers were left behind`);
  });
}

/** Whether the promise is still pending after everything that needs no timer has run. */
export async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let hasSettled = false;
  const settle = (): void => {
    hasSettled = true;
  };
  promise.then(settle, settle);
  await vi.advanceTimersByTimeAsync(0);
  return !hasSettled;
}
