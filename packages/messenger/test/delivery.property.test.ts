// Spec 6 and 8.8, by schedules: two programs over real stores and real sessions, and everything that can come between.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anySchedule } from './trials/delivery/delivery-step.js';
import { DeliveryTrials } from './trials/delivery/run-delivery.js';

const SEED = 20_261_125;

let trials: DeliveryTrials;
beforeAll(async () => {
  trials = await DeliveryTrials.open();
});
afterAll(() => trials.end());

test(
  'each text arrives once and in order, whatever people, programs and the network do',
  { timeout: 120_000 },
  async () => {
    const property = fc.asyncProperty(anySchedule, (steps) => trials.run(steps));
    await fc.assert(property, { seed: SEED, numRuns: 150 });
    expect(trials.figures.texts).toBeGreaterThan(1_000);
    expect(trials.figures.kills).toBeGreaterThan(50);
    expect(trials.figures.cuts).toBeGreaterThan(30);
  },
);
