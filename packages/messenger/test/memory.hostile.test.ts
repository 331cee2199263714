// Spec 1.1: what is too long ends the connection without being buffered, however many try at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OVERSIZE, type Oversize, sendOversize } from './trials/oversize.js';
import { SeparateHost } from './trials/separate-host.js';

const AT_ONCE = 32;
const MAX_GROWTH_BYTES = 64 * 2 ** 20;

let host: SeparateHost;
beforeAll(async () => {
  host = await SeparateHost.start();
  // What it takes to work at all is no growth.
  await sendOversize(host, 'a million fragments of one byte');
});
afterAll(() => host.end());

test.each(Object.keys(OVERSIZE) as Oversize[])(
  `%s costs a host less than 64 MiB, from ${AT_ONCE} at once`,
  { timeout: 30_000 },
  async (what) => {
    const before = await host.figures();
    await Promise.all(Array.from({ length: AT_ONCE }, () => sendOversize(host, what)));
    const after = await host.figures();
    expect(after.residentBytes - before.residentBytes).toBeLessThan(MAX_GROWTH_BYTES);
    expect(after.upgrades - before.upgrades).toBe(AT_ONCE);
  },
);
