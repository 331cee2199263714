import { canInject, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { failOnce, type Work } from '../test/trials/failing-writes.js';

test.runIf(canInject).each<Work>(['storing', 'migrating'])(
  'each single write fails while %s',
  (work) => {
    const failures = failOnce(work);
    expect(failures.length).toBeGreaterThan(40);
    const count = soakCount(failures.length);
    for (const failure of failures.slice(0, count)) {
      try {
        failOnce(work, failure);
      } catch (error) {
        throw new Error(`With ${JSON.stringify(failure)}`, { cause: error });
      }
    }
    reportSoak(
      `history: one failing call while ${work}`,
      `${count} of ${failures.length} calls and errors, nothing lost`,
    );
  },
);
