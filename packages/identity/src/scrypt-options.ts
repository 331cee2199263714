import { IdentityError } from './errors.js';

/** Costs of scrypt (RFC 7914): `N` a power of two, block size `r`, parallelism `p`. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Derives 32 bytes; Node's native scrypt and the portable one give the same. */
export type DeriveKey = (
  password: Uint8Array,
  salt: Uint8Array,
  cost: ScryptCost,
) => Promise<Uint8Array>;

export const DERIVED_KEY_BYTES = 32;
/** 128 MiB and about a third of a second. */
export const DEFAULT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

const MAX_MEMORY_BYTES = 2 ** 30;
const MAX_PARALLELISM = 16;

/**
 * Checked before anything is derived: a file must not decide how long this machine works.
 * @throws IdentityError `identity_damaged`
 */
export function requireBearableCost({ N, r, p }: ScryptCost): void {
  const isPowerOfTwo = Number.isSafeInteger(N) && N >= 2 && Number.isInteger(Math.log2(N));
  const isBlockSize = Number.isSafeInteger(r) && r >= 1;
  const isParallelism = Number.isSafeInteger(p) && p >= 1 && p <= MAX_PARALLELISM;
  if (!isPowerOfTwo || !isBlockSize || !isParallelism || 128 * N * r > MAX_MEMORY_BYTES) {
    throw new IdentityError(
      'identity_damaged',
      'The key file asks for more work than any version of Gravy would. Restore a backup.',
    );
  }
}
