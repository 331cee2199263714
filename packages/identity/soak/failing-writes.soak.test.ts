import { canInject, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { failOnce } from '../test/trials/failing-writes.js';

test.runIf(canInject)('each single write of a key file fails', async () => {
  const failures = await failOnce();
  expect(failures.length).toBeGreaterThan(20);
  const count = soakCount(failures.length);
  for (const failure of failures.slice(0, count)) {
    try {
      await failOnce(failure);
    } catch (error) {
      throw new Error(`With ${JSON.stringify(failure)}`, { cause: error });
    }
  }
  reportSoak(
    'identity: one failing call of a key file',
    `${count} of ${failures.length} calls and errors, nothing lost`,
  );
});
