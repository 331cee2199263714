// The test of A in Spec 0.4: which 32 bytes may be somebody's public key.
import { convertPublicKeyToX25519 } from '@stablelib/ed25519';
import { IdentityError } from './errors.js';

export const ID_BYTES = 32;

// The encodings of the 8 points of small order on edwards25519, canonical and not; a test derives them. With such a key,
// one signature fits many messages, and anybody can make it. The highest bit, the sign of x, is left out here.
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

const HIGHEST_BIT = 0x80;
/** Bytes 1 to 30 of p = 2^255 - 19, little-endian; byte 31 is 7f, byte 0 is ed. */
const PRIME_MIDDLE_BYTE = 0xff;

/**
 * Refuses what nobody can own: not a canonical encoding of a point on the curve (`invalid_id`), or a
 * point of small order (`unsafe_id`).
 * @throws IdentityError
 */
export function requirePublicKey(bytes: Uint8Array): void {
  if (bytes.length !== ID_BYTES) {
    throw new IdentityError('invalid_id', 'A public key has 32 bytes. Copy it again, whole.');
  }
  // Not by `slice`, which of a Buffer gives a view: the caller's key would lose its sign.
  const y = new Uint8Array(bytes);
  y[31] = (y[31] ?? 0) & ~HIGHEST_BIT;
  if (SMALL_ORDER.has(hex(y))) {
    throw new IdentityError(
      'unsafe_id',
      'This key belongs to nobody: anyone can speak in its name. Do not use it.',
    );
  }
  if (!isBelowPrime(y) || !isOnCurve(bytes)) {
    throw new IdentityError('invalid_id', 'This is not a public key. Copy it again, whole.');
  }
}

function isBelowPrime(y: Uint8Array): boolean {
  const isLarge = y[31] === 0x7f && y.subarray(1, 31).every((byte) => byte === PRIME_MIDDLE_BYTE);
  return !isLarge || (y[0] ?? 0) < 0xed;
}

function isOnCurve(bytes: Uint8Array): boolean {
  try {
    convertPublicKeyToX25519(bytes);
    return true;
  } catch {
    return false; // With the right length, the only thing it throws for.
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
