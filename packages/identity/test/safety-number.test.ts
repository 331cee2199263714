import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Identity, safetyNumber } from '../src/index.js';

const ids = [1, 2, 3].map((byte) => Identity.fromSeed(new Uint8Array(32).fill(byte)).id);
const [first, second, third] = ids as [Uint8Array, Uint8Array, Uint8Array];

/** As the specification says it, with another SHA-512. */
function halfByHand(id: Uint8Array): string {
  const sha512 = (...parts: Uint8Array[]): Buffer => {
    const hash = createHash('sha512');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  let digest = sha512(Uint8Array.of(0, 1), id, id);
  for (let count = 0; count < 5_199; count += 1) digest = sha512(digest, id);
  const groups = [0, 5, 10, 15, 20, 25].map((at) => digest.readUIntBE(at, 5) % 100_000);
  return groups.map((group) => String(group).padStart(5, '0')).join(' ');
}

describe('a safety number', () => {
  it('has twelve groups of five digits', () => {
    expect(safetyNumber(first, second)).toMatch(/^\d{5}( \d{5}){11}$/u);
  });

  it('is the same on both sides, the lower id first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), (left, right) => {
        const lowerFirst = [left, right].toSorted((a, b) => Buffer.compare(a, b)).map(halfByHand);
        expect(safetyNumber(left, right)).toBe(lowerFirst.join(' '));
      }),
      { seed: 20_261_123, numRuns: 9 },
    );
  });

  it('differs for another contact', () => {
    expect(safetyNumber(first, second)).not.toBe(safetyNumber(first, third));
  });

  it('for oneself has two equal halves', () => {
    const number = safetyNumber(first, first);
    expect(number.slice(0, 35)).toBe(number.slice(36));
  });

  it.each([0, 31, 33])('of an id of %i bytes is misuse', (length) => {
    const misuse = expect.objectContaining({ code: 'misuse' });
    expect(() => safetyNumber(new Uint8Array(length), first)).toThrow(misuse);
    expect(() => safetyNumber(first, new Uint8Array(length))).toThrow(misuse);
  });
});
