// What back ends must agree on at the edge of their primitives: Spec 0.2, 9.3 and 9.4.
import { describe, expect, test } from 'vitest';
import { allBackends } from '../backends.js';
import { toHex } from '../vector-file.js';

const PRIME = 2n ** 255n - 19n;
const NOTHING = new Uint8Array(0);

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
}

describe.each(allBackends)('with the $name back end', (backend) => {
  const pair = backend.agreementKeyPair(new Uint8Array(32).fill(7));
  const agreedWith = (coordinate: bigint): string => toHex(pair.agree(littleEndian(coordinate)));

  test('X25519 takes a key that is not canonical, or has its top bit set, for what it stands for', () => {
    // A coordinate below 19 has a second encoding that fits into 255 bits.
    for (const coordinate of [2n, 9n, 18n]) {
      expect(agreedWith(coordinate + PRIME)).toBe(agreedWith(coordinate));
      expect(agreedWith(coordinate + 2n ** 255n)).toBe(agreedWith(coordinate));
    }
    expect(agreedWith(9n)).toBe(toHex(pair.publicKey));
    expect(agreedWith(2n)).not.toBe(agreedWith(9n));
  });

  test('X25519 gives no agreement that is all zero', () => {
    for (const coordinate of [0n, 1n, PRIME - 1n, PRIME, PRIME + 1n, 2n ** 255n]) {
      expect(() => pair.agree(littleEndian(coordinate)), `${coordinate}`).toThrow();
    }
  });

  test('an empty plaintext is not what a failure gives', () => {
    const [key, nonce] = [new Uint8Array(32).fill(1), new Uint8Array(12)];
    const tag = backend.aeadSeal(key, nonce, key, NOTHING);
    expect(tag).toHaveLength(16);
    expect(backend.aeadOpen(key, nonce, key, tag)).toEqual(NOTHING);
    tag[0] = (tag[0] ?? 0) ^ 1;
    expect(backend.aeadOpen(key, nonce, key, tag)).toBeUndefined();
  });
});
