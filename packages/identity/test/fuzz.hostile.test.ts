import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { inviteTarget, keyFileTarget } from './trials/fuzz-texts.js';

test.each([inviteTarget, await keyFileTarget()])(
  'any $name is read, or refused in the ways foreseen',
  async (target) => {
    const { inputs } = await fuzz(target, 2_000, 20_261_123);
    expect(inputs).toBe(2_000);
  },
);
