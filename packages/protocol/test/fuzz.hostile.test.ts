import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { handshakeTargets } from './trials/fuzz-handshake.js';
import { recordTarget } from './trials/fuzz-records.js';

test.each([...handshakeTargets(), recordTarget()])(
  'anything in the place of a $name is refused in the ways foreseen, or taken for good reason',
  async (target) => {
    await fuzz(target, 2_000, 20_261_123);
    expect(target.seen.size).toBeGreaterThan(1);
  },
);
