/** Costs of scrypt (RFC 7914): `N` a power of two, block size `r`, parallelism `p`. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Derives 32 bytes, the caller's to overwrite; Node's native scrypt and the portable one give the same. */
export type DeriveKey = (
  password: Uint8Array,
  salt: Uint8Array,
  cost: ScryptCost,
) => Promise<Uint8Array>;

export const DERIVED_KEY_BYTES = 32;
/** 128 MiB and about a third of a second. */
export const DEFAULT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

const MAX_N = 2 ** 20;
const MAX_BLOCK_SIZE = 32;
const MAX_PARALLELISM = 16;
const MAX_MEMORY_BYTES = 2 ** 30;

/**
 * Spec 9.6: asked before anything is derived, since a file must not decide how long this machine works.
 * Whatever passes, both implementations take.
 */
export function isAllowedCost({ N, r, p }: ScryptCost): boolean {
  return (
    isWithin(N, 2, MAX_N) &&
    (N & (N - 1)) === 0 &&
    isWithin(r, 1, MAX_BLOCK_SIZE) &&
    isWithin(p, 1, MAX_PARALLELISM) &&
    N < 2 ** (16 * r) && // RFC 7914, section 6
    128 * N * r <= MAX_MEMORY_BYTES
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
