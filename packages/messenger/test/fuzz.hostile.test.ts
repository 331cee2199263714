import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { bodyTarget, requestTarget } from './trials/fuzz-input.js';

test.each([bodyTarget, requestTarget])(
  'any $name is taken, or refused in the ways foreseen',
  async (target) => {
    const { inputs } = await fuzz(target, 2_000, 20_261_123);
    expect(inputs).toBe(2_000);
  },
);
