import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { agreementTargets } from '../test/trials/back-ends-agree.js';

const INPUTS = 100_000;
const targets = agreementTargets();

test.each(targets)('all back ends give the same $name, and refuse the same', async (target) => {
  const { inputs } = await fuzz(target, soakCount(INPUTS / targets.length), 1);
  const outcomes = [...target.seen].map(([kind, count]) => `${count} ${kind}`).join(', ');
  reportSoak(`back ends agree on ${target.name}`, `${inputs} random inputs (${outcomes})`);
  expect(target.seen.size).toBeGreaterThan(0);
});
