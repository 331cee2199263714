import { reportSoak, soakCount } from '@gravy/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anySchedule } from '../test/trials/delivery/delivery-step.js';
import { DeliveryTrials } from '../test/trials/delivery/run-delivery.js';

test('schedules of two messengers', async () => {
  const trials = await DeliveryTrials.open();
  try {
    const property = fc.asyncProperty(anySchedule, (steps) => trials.run(steps));
    await fc.assert(property, { seed: 2, numRuns: soakCount(20_000) });
  } finally {
    trials.end();
  }
  expect(trials.figures.schedules).toBe(soakCount(20_000));
  const { schedules, texts, kills, cuts } = trials.figures;
  reportSoak(
    'delivery',
    `${schedules} schedules, ${texts} texts once and in order over ${kills} kills and ${cuts} cuts`,
  );
});
