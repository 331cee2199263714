// Safety numbers: Spec 8.10.
import { hash } from '@stablelib/sha512';
import { IdentityError } from './errors.js';
import { ID_BYTES } from './public-key.js';

const ITERATIONS = 5_199;
const GROUPS = 6;
const BYTES_PER_GROUP = 5;
const DOMAIN = Uint8Array.of(0x00, 0x01);

/**
 * 60 digits in 12 groups that two people compare by another way: the same on both sides, whichever id
 * is one's own. Slow on purpose: some tens of milliseconds.
 * @throws IdentityError `misuse` if an id does not have 32 bytes
 */
export function safetyNumber(left: Uint8Array, right: Uint8Array): string {
  if (left.length !== ID_BYTES || right.length !== ID_BYTES) {
    throw new IdentityError('misuse', 'A public key has 32 bytes.');
  }
  const [first, second] = isBelow(right, left) ? [right, left] : [left, right];
  return `${half(first)} ${half(second)}`;
}

function half(id: Uint8Array): string {
  let digest = hash(Uint8Array.of(...DOMAIN, ...id, ...id));
  const next = new Uint8Array(digest.length + id.length);
  next.set(id, digest.length);
  for (let count = 0; count < ITERATIONS; count += 1) {
    next.set(digest);
    digest = hash(next);
  }
  const groups = Array.from({ length: GROUPS }, (_, group) => {
    const bytes = digest.subarray(group * BYTES_PER_GROUP, (group + 1) * BYTES_PER_GROUP);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, '0');
  });
  return groups.join(' ');
}

function isBelow(left: Uint8Array, right: Uint8Array): boolean {
  for (const [index, byte] of left.entries()) {
    const other = right[index] ?? 0;
    if (byte !== other) return byte < other;
  }
  return false;
}
