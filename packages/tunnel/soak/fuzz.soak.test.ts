import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { outputTarget } from '../test/trials/fuzz-output.js';

test('anything as output of cloudflared', async () => {
  const { inputs, residentGrowthMiB, wholeGrowthMiB } = await fuzz(
    outputTarget,
    soakCount(1_000_000),
    1,
  );
  reportSoak(
    `fuzz ${outputTarget.name}`,
    `${inputs} inputs, ${residentGrowthMiB.toFixed(1)} MiB more resident (${wholeGrowthMiB.toFixed(1)} with what it takes once)`,
  );
  expect(residentGrowthMiB).toBeLessThan(32);
});
