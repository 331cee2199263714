// Spec 6 and 8.8, by schedules: two programs over real stores and real sessions, and everything that can come between.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anySchedule, type DeliveryStep } from './trials/delivery/delivery-step.js';
import { DeliveryTrials } from './trials/delivery/run-delivery.js';

const SEED = 20_261_125;

/** More texts than the line carries at once, one more in an open transaction, room for it, and the end. */
const KILLED_WHILE_WRITING: readonly DeliveryStep[] = [
  { kind: 'write', who: 0, texts: 9 },
  { kind: 'turn' },
  { kind: 'write', who: 0, texts: 1 },
  { kind: 'deliver', link: 0, end: 'client', count: 18 },
  { kind: 'kill', who: 0, isCut: false },
  { kind: 'flow' },
];

/** A text that is taken back while those around it are sent, and an end before that is stored. */
const KILLED_WHILE_CANCELLING: readonly DeliveryStep[] = [
  { kind: 'write', who: 1, texts: 7 },
  { kind: 'turn' },
  { kind: 'cancel', who: 1, back: 1 },
  { kind: 'deliver', link: 0, end: 'server', count: 5 },
  { kind: 'kill', who: 1, isCut: false },
  { kind: 'dial', who: 0 },
];

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
    const examples: [readonly DeliveryStep[]][] = [
      [KILLED_WHILE_WRITING],
      [KILLED_WHILE_CANCELLING],
    ];
    await fc.assert(property, { seed: SEED, numRuns: 150, examples });
    expect(trials.figures.texts).toBeGreaterThan(1_000);
    expect(trials.figures.kills).toBeGreaterThan(50);
    expect(trials.figures.cuts).toBeGreaterThan(30);
  },
);
