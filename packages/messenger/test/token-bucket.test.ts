import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../src/core/hosting/token-bucket.js';

describe('TokenBucket', () => {
  it('lets the burst through, then the rate, and never saves up more than the burst', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 3, now: 0 });
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
    expect(bucket.take(99)).toBe(false);
    expect(bucket.take(100)).toBe(true);
    expect([60_000, 60_000, 60_000, 60_000].map((now) => bucket.take(now))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is not emptied by a clock that is set back', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 2, now: 1_000_000 });
    expect(bucket.take(0)).toBe(true);
    expect(bucket.take(0)).toBe(true);
    expect(bucket.take(1_000)).toBe(true);
  });
});
