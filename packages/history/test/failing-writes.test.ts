import { canInject, SeededRandom } from '@gravy/testing';
import { describe, expect, it } from 'vitest';
import { failOnce, type Work } from './trials/failing-writes.js';

if (!canInject) console.log('Skipped: single system calls are made to fail by strace.');

describe.runIf(canInject)('a store of which one write fails', { timeout: 60_000 }, () => {
  it.each<Work>(['storing', 'migrating'])(
    'tells it and loses nothing that was told to be done, while %s',
    (work) => {
      const random = new SeededRandom(9);
      const failures = failOnce(work);
      expect(failures.length).toBeGreaterThan(40);
      for (let round = 0; round < 3; round += 1) {
        failOnce(work, failures[random.below(failures.length)]);
      }
    },
  );
});
