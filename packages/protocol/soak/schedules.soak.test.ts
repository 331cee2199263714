import { fuzz, reportSoak, soakCount } from '@gravy/testing';
import { expect, test } from 'vitest';
import { rejections } from '../test/trials/rejections.js';
import { schedules } from '../test/trials/schedules.js';

const SCHEDULES = 100_000;

test('each text arrives once and in order, and no key seals twice', async () => {
  const target = schedules();
  const { inputs } = await fuzz(target, soakCount(SCHEDULES), 1);
  const { texts, connections, rekeys } = target.figures;
  reportSoak(
    'schedules',
    `${inputs}: ${texts} texts, ${connections} connections, ${rekeys} rekeys`,
  );
  expect(texts).toBeGreaterThan(inputs);
});

test('a rejected record leaves the state as it was', async () => {
  const target = rejections();
  const { inputs } = await fuzz(target, soakCount(SCHEDULES), 1);
  const { rejected, taken } = target.figures;
  reportSoak('rejections', `${inputs} schedules: ${rejected} records rejected, ${taken} taken`);
  expect(rejected).toBeGreaterThan(inputs);
});
