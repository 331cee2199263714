// Signatures under keys with a torsion component, which verifiers with and without cofactor tell apart.
import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { SeededRandom } from '@gravy/testing';
import { L } from '../edwards25519.js';
import { SMALL_ORDER_ENCODINGS } from '../small-order-encodings.js';
import { fromHex } from '../vector-file.js';

const { Point } = ed25519;
const torsion = SMALL_ORDER_ENCODINGS.flatMap((encoding) => {
  try {
    return [Point.fromBytes(fromHex(encoding))];
  } catch {
    return []; // Not canonical.
  }
});

const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);

function toBytes(scalar: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')).toReversed();
}

/** A signature by A + T over `message`, with a nonce point R + T'. Valid without cofactor only if the torsion cancels out. */
export function withTorsion(
  random: SeededRandom,
  seed: Uint8Array,
  message: Uint8Array,
): { readonly id: Uint8Array; readonly signature: Uint8Array } {
  const secret = 1n + (toNumber(seed) % (L - 1n));
  const nonce = 1n + (toNumber(random.bytes(32)) % (L - 1n));
  const id = Point.BASE.multiply(secret).add(random.pick(torsion)).toBytes();
  const noncePoint = Point.BASE.multiply(nonce).add(
    random.oneIn(2) ? Point.ZERO : random.pick(torsion),
  );
  const encodedNonce = noncePoint.toBytes();
  const challenge = createHash('sha512').update(encodedNonce).update(id).update(message).digest();
  const scalar = (nonce + (toNumber(challenge) % L) * secret) % L;
  const signature = new Uint8Array(64);
  signature.set(encodedNonce);
  signature.set(toBytes(scalar), 32);
  return { id, signature };
}
