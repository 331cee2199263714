// Canonical encodings of RFC 8032 points and scalars: Spec 0. Little-endian; all inputs are public.

const LAST = 31;

/** p = 2^255 - 19. */
const FIELD_PRIME = Uint8Array.from([0xed, ...Array<number>(30).fill(0xff), 0x7f]);

/** L, the order of the base point: 2^252 + 27742317777372353535851937790883648493. */
const GROUP_ORDER = Uint8Array.from([
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
]);

function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  for (let index = LAST; index >= 0; index -= 1) {
    const byte = value[index] ?? 0;
    const limit = bound[index] ?? 0;
    if (byte !== limit) return byte < limit;
  }
  return false;
}

/** y < p, with the sign bit of x put aside. */
export function isCanonicalPoint(encoding: Uint8Array): boolean {
  const y = encoding.slice();
  y[LAST] = (y[LAST] ?? 0) & 0x7f;
  return isBelow(y, FIELD_PRIME);
}

/** S < L. */
export function isCanonicalScalar(scalar: Uint8Array): boolean {
  return isBelow(scalar, GROUP_ORDER);
}
