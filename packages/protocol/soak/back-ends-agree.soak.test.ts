import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { backEndsAgree } from '../test/trials/back-ends-agree.js';

test('all back ends give the same bytes, and refuse the same', async () => {
  const target = backEndsAgree();
  const { inputs } = await fuzz(target, soakCount(100_000), 1);
  const outcomes = [...target.seen].map(([kind, count]) => `${count} ${kind}`).join(', ');
  reportSoak('back ends agree', `${inputs} random inputs (${outcomes})`);
  expect(target.seen.size).toBe(4);
});
