import { fuzz } from '@gravy/testing';
import { expect, test } from 'vitest';
import { agreementTargets } from './trials/back-ends-agree.js';

/** What has to be among the outcomes for the inputs to have been any good. */
const TO_BE_SEEN: Readonly<Record<string, readonly string[]>> = {
  signatures: ['bytes'],
  'verdicts on signatures': ['false', 'true'],
  agreements: ['bytes', 'refused'],
  'ids as agreement keys': ['bytes', 'refused'],
  'ML-KEM': ['bytes', 'refused'],
  'ChaCha20-Poly1305': ['bytes'],
  'hashes and derived keys': ['bytes', 'refused'],
};

test.each(agreementTargets())(
  'all back ends give the same $name, and refuse the same',
  async (target) => {
    await fuzz(target, 60, 20_261_123);
    expect([...target.seen.keys()].toSorted()).toEqual(TO_BE_SEEN[target.name]);
  },
);
