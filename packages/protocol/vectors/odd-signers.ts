// Ed25519 keys and signatures that no honest signer makes, each of which some verifiers take (Spec 0.4 and 9.1).
import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { fromHex, hex, join, uint } from './bytes.ts';

export interface OddSigner {
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const { Point } = ed25519;
const TORSION = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
/** The neutral element, as it should be written and as it should not. */
export const NEUTRAL = `01${'00'.repeat(31)}`;
export const NEUTRAL_NOT_CANONICAL = `ee${'ff'.repeat(30)}7f`;

const sha512 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash('sha512')
      .update(join(...parts))
      .digest(),
  );

/** Little-endian, as Ed25519 writes numbers. */
export const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes.toReversed())}`);
export const toBytes = (value: bigint): Uint8Array =>
  fromHex(value.toString(16).padStart(64, '0')).toReversed();

function scalarOf(seed: Uint8Array): bigint {
  const half = sha512(seed).subarray(0, 32);
  half[0] = (half[0] ?? 0) & 248;
  half[31] = ((half[31] ?? 0) & 63) | 64;
  return toNumber(half) % L;
}

const challengeOf = (...parts: readonly Uint8Array[]): bigint => toNumber(sha512(...parts)) % L;

/** A key with a torsion component of order 8; its signatures hold without the cofactor too, or only with it. */
export function torsionSigner(seed: Uint8Array, holds: 'always' | 'with cofactor'): OddSigner {
  const secret = scalarOf(seed);
  const publicKey = Point.BASE.multiply(secret).add(TORSION).toBytes();
  const sign = (message: Uint8Array): Uint8Array => {
    for (let attempt = 0; ; attempt += 1) {
      const nonce = challengeOf(seed, uint(attempt, 4), message);
      const noncePoint = Point.BASE.multiply(nonce).toBytes();
      const challenge = challengeOf(noncePoint, publicKey, message);
      // The torsion of k * A is nothing if and only if 8 divides k.
      if ((challenge % 8n === 0n) === (holds === 'always')) {
        return join(noncePoint, toBytes((nonce + challenge * secret) % L));
      }
    }
  };
  return { publicKey, sign };
}

/** The neutral element as a key: R = S * B fits every message, and anybody can make it. */
export function neutralSigner(seed: Uint8Array, encoding: string): OddSigner {
  const nonce = scalarOf(seed);
  const signature = join(Point.BASE.multiply(nonce).toBytes(), toBytes(nonce));
  return { publicKey: fromHex(encoding), sign: () => signature };
}

/** An honest key that signs with the neutral element as R; S = k * a gives the secret key away. */
export function neutralNonceSigner(seed: Uint8Array, encoding: string): OddSigner {
  const secret = scalarOf(seed);
  const publicKey = Point.BASE.multiply(secret).toBytes();
  const noncePoint = fromHex(encoding);
  const sign = (message: Uint8Array): Uint8Array =>
    join(noncePoint, toBytes((challengeOf(noncePoint, publicKey, message) * secret) % L));
  return { publicKey, sign };
}
