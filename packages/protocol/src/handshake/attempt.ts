import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { wipe } from '../bytes.js';
import type { OwnKey } from '../identity-key/own-key.js';
import type { RandomDraw, RandomSource } from './random-source.js';

/** What both sides of a handshake are given. */
export interface AttemptOptions {
  readonly ownKey: OwnKey;
  /** Where random inputs come from; leave it out except in tests. */
  readonly random?: RandomSource | undefined;
  /** The default is node:crypto under the export condition "node" and portable JavaScript elsewhere. */
  readonly backend?: CryptoBackend | undefined;
}

/** What all steps of one handshake share. */
export interface Attempt {
  readonly ownKey: OwnKey;
  readonly backend: CryptoBackend;
  readonly random: RandomSource;
  /** Whether the random inputs are the caller's: the back end then draws none by itself. */
  readonly isReproducible: boolean;
}

/** An attempt to reach one pinned server. */
export interface ClientAttempt extends Attempt {
  readonly peerId: Uint8Array;
}

export function attemptOf(options: AttemptOptions): Attempt {
  const backend = options.backend ?? defaultBackend;
  return {
    ownKey: options.ownKey,
    backend,
    random: options.random ?? ((_draw, length) => backend.randomBytes(length)),
    isReproducible: options.random !== undefined,
  };
}

/** Draws a seed for `use` and overwrites it afterwards; `use` must copy what it keeps. */
export function withSeed<T>(
  { random }: Attempt,
  draw: RandomDraw,
  length: number,
  use: (seed: Uint8Array) => T,
): T {
  const seed = random(draw, length);
  try {
    return use(seed);
  } finally {
    wipe(seed);
  }
}
