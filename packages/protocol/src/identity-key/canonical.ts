// Canonical encodings of RFC 8032 points and scalars: Spec 0.4. Little-endian; all inputs are public.
import { viewOf } from '../bytes.js';

/** p = 2^255 - 19. */
export const FIELD_PRIME = 2n ** 255n - 19n;

/** L, the order of the base point. */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The 32 bytes as a number. */
function readNumber(bytes: Uint8Array): bigint {
  const view = viewOf(bytes);
  return [24, 16, 8, 0].reduce(
    (number, offset) => (number << 64n) | view.getBigUint64(offset, true),
    0n,
  );
}

/** y as it is encoded, which may be p or more; the sign bit of x is put aside. */
export function coordinateOf(encoding: Uint8Array): bigint {
  return BigInt.asUintN(255, readNumber(encoding));
}

/** y < p. */
export function isCanonicalPoint(encoding: Uint8Array): boolean {
  return coordinateOf(encoding) < FIELD_PRIME;
}

/** S < L. */
export function isCanonicalScalar(scalar: Uint8Array): boolean {
  return readNumber(scalar) < GROUP_ORDER;
}
