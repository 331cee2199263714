// Where a handshake and its session get their random inputs.
import type { CryptoBackend, Encapsulation } from './backend/crypto-backend.js';
import { KEM_MESSAGE_BYTES } from './backend/lengths.js';
import { wipe } from './bytes.js';

/** The random inputs by name, so that a run can be reproduced from a list. */
export type RandomDraw =
  | 'client.x25519'
  | 'client.mlkem'
  | 'client.hint'
  | 'client.nonce'
  | 'server.x25519'
  | 'server.mlkem'
  | 'server.nonce'
  | 'rekey.client.x25519'
  | 'rekey.client.mlkem'
  | 'rekey.server.x25519'
  | 'rekey.server.mlkem';

/**
 * Gives `length` random bytes for the input `draw`, which are overwritten after use. Each name is drawn at most once in a
 * handshake, and those that begin with `rekey` once in each rekey. Leave it out except in tests: the back end's own source
 * is the default.
 */
export type RandomSource = (draw: RandomDraw, length: number) => Uint8Array;

/** A back end with the source of the seeds it is given. */
export interface Entropy {
  readonly backend: CryptoBackend;
  readonly random: RandomSource;
  /** Whether the random inputs are the caller's: the back end then draws none by itself. */
  readonly isReproducible: boolean;
}

export function entropyOf(backend: CryptoBackend, random: RandomSource | undefined): Entropy {
  return {
    backend,
    random: random ?? ((_draw, length) => backend.randomBytes(length)),
    isReproducible: random !== undefined,
  };
}

/**
 * Draws a seed for `use` and overwrites it afterwards; `use` must copy what it keeps. Gives none if the back end may draw
 * for itself, which is faster and leaves the secret where it was made.
 */
export function withSeed<T>(
  { random, isReproducible }: Entropy,
  draw: RandomDraw,
  length: number,
  use: (seed?: Uint8Array) => T,
): T {
  if (!isReproducible) return use();
  const seed = random(draw, length);
  try {
    return use(seed);
  } finally {
    wipe(seed);
  }
}

/** Encapsulates to a key of the right length. Undefined if it fails the modulus check (Spec 0.2). */
export function encapsulateTo(
  entropy: Entropy,
  draw: RandomDraw,
  encapsulationKey: Uint8Array,
): Encapsulation | undefined {
  return withSeed(entropy, draw, KEM_MESSAGE_BYTES, (seed) => {
    try {
      return entropy.backend.kemEncapsulate(encapsulationKey, seed);
    } catch {
      return undefined;
    }
  });
}
