import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { bodyTarget, requestTarget } from '../test/trials/fuzz-input.js';

test.each([bodyTarget, requestTarget])('anything as $name', async (target) => {
  const { inputs, residentGrowthMiB, wholeGrowthMiB } = await fuzz(target, soakCount(1_000_000), 1);
  reportSoak(
    `fuzz ${target.name}`,
    `${inputs} inputs, ${residentGrowthMiB.toFixed(1)} MiB more resident (${wholeGrowthMiB.toFixed(1)} with what it takes once)`,
  );
  expect(residentGrowthMiB).toBeLessThan(32);
});
