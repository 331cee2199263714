import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { handshakeTargets } from '../test/trials/fuzz-handshake.js';
import { recordTarget } from '../test/trials/fuzz-records.js';

test.each([...handshakeTargets(), recordTarget()])('anything as $name', async (target) => {
  const { inputs, residentGrowthMiB, wholeGrowthMiB } = await fuzz(target, soakCount(1_000_000), 1);
  const outcomes = [...target.seen].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const growth = `${residentGrowthMiB.toFixed(1)} MiB more resident (${wholeGrowthMiB.toFixed(1)} with what it takes once)`;
  reportSoak(`fuzz ${target.name}`, `${inputs} inputs (${outcomes}), ${growth}`);
  expect(residentGrowthMiB).toBeLessThan(32);
});
