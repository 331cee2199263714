import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { rejections } from './trials/rejections.js';
import { schedules } from './trials/schedules.js';

const SEED = 20_261_123;

test('whatever two peers and a network do, each text arrives once and in order, and no key seals twice', async () => {
  const target = schedules();
  await fuzz(target, 150, SEED);
  expect(target.figures.texts).toBeGreaterThan(1_000);
  expect(target.figures.rekeys).toBeGreaterThan(50);
  expect(target.figures.connections).toBeGreaterThan(300);
});

test('a rejected record leaves the state as it was, in the midst of anything', async () => {
  const target = rejections();
  await fuzz(target, 150, SEED);
  expect(target.figures.rejected).toBeGreaterThan(1_000);
  expect(target.figures.taken).toBeGreaterThan(500);
});
