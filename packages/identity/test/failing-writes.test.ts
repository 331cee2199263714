import { canInject, SeededRandom } from '@gravy/testing';
import { expect, it } from 'vitest';
import { failOnce } from './trials/failing-writes.js';

if (!canInject) console.log('Skipped: single system calls are made to fail by strace.');

it.runIf(canInject)(
  'a key file of which one write fails opens by the password that was told last',
  { timeout: 60_000 },
  async () => {
    const random = new SeededRandom(10);
    const failures = await failOnce();
    expect(failures.length).toBeGreaterThan(20);
    for (let round = 0; round < 3; round += 1) {
      await failOnce(failures[random.below(failures.length)]);
    }
  },
);
