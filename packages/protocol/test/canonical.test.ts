import { expect, test } from 'vitest';
import { isCanonicalPoint, isCanonicalScalar } from '../src/identity-key/canonical.js';

const PRIME = 2n ** 255n - 19n;
/** RFC 8032, section 5.1. */
const ORDER =
  7_237_005_577_332_262_213_973_186_563_042_994_240_857_116_359_379_907_606_001_950_938_285_454_250_989n;

/** 32 bytes, little-endian. */
function encode(number: bigint): Uint8Array {
  const hex = number.toString(16).padStart(64, '0');
  return Uint8Array.from(Buffer.from(hex, 'hex').toReversed());
}

test('a scalar is canonical below the order of the base point, and only there', () => {
  expect([0n, ORDER - 1n].map((scalar) => isCanonicalScalar(encode(scalar)))).toEqual([true, true]);
  const beyond = [ORDER, ORDER + 1n, 2n ** 253n, 2n ** 256n - 1n];
  expect(beyond.map((scalar) => isCanonicalScalar(encode(scalar)))).toEqual(
    beyond.map(() => false),
  );
});

test('a point is canonical with a coordinate below the prime, whatever its sign', () => {
  for (const sign of [0n, 2n ** 255n]) {
    expect(isCanonicalPoint(encode(sign + PRIME - 1n))).toBe(true);
    expect(isCanonicalPoint(encode(sign + PRIME))).toBe(false);
    expect(isCanonicalPoint(encode(sign + 2n ** 255n - 1n))).toBe(false);
  }
});
