import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IdleTimer } from '../src/channel/idle-timer.js';
import { useHandTimers } from './hand-timers.js';

describe('an idle timer of a second', () => {
  let timer: IdleTimer;
  let firedAt: number[];

  useHandTimers();
  beforeEach(() => {
    const startedAt = performance.now();
    firedAt = [];
    timer = new IdleTimer(
      () => 1_000,
      () => void firedAt.push(performance.now() - startedAt),
    );
  });
  afterEach(() => timer.stop());

  const after = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  test('fires each second in which nothing happens', async () => {
    await after(3_500);
    expect(firedAt).toEqual([1_000, 2_000, 3_000]);
  });

  test('counts from what happened last', async () => {
    await after(400);
    timer.touch();
    await after(2_100);
    expect(firedAt).toEqual([1_400, 2_400]);
  });

  test('counts from the moment it is resumed, also after a pause that is shorter than the second', async () => {
    await after(200);
    timer.pause();
    await after(300);
    timer.resume();
    await after(1_200);
    expect(firedAt).toEqual([1_500]);
  });

  test('counts from the moment it is resumed after a long pause', async () => {
    timer.pause();
    await after(5_000);
    timer.resume();
    await after(1_500);
    expect(firedAt).toEqual([6_000]);
  });

  test('does nothing more once it is stopped, also if it is resumed', async () => {
    timer.stop();
    timer.resume();
    await after(5_000);
    expect(firedAt).toEqual([]);
  });

  test('can be stopped by what it calls', async () => {
    const once = new IdleTimer(
      () => 1_000,
      () => {
        firedAt.push(-1);
        once.stop();
      },
    );
    timer.stop();
    await after(5_000);
    expect(firedAt).toEqual([-1]);
  });
});
