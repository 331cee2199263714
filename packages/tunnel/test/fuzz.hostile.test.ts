import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { outputTarget } from './trials/fuzz-output.js';

test('anything as output of cloudflared', async () => {
  const { inputs } = await fuzz(outputTarget, 5_000, 20_261_125);
  expect(inputs).toBe(5_000);
});
