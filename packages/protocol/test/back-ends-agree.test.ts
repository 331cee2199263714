import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { backEndsAgree } from './trials/back-ends-agree.js';

test('all back ends give the same bytes, and refuse the same', async () => {
  const target = backEndsAgree();
  await fuzz(target, 400, 20_261_123);
  expect([...target.seen.keys()].toSorted()).toEqual(['bytes', 'false', 'refused', 'true']);
});
