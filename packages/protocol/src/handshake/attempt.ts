import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from '../backend/crypto-backend.js';
import type { OwnKey } from '../identity-key/own-key.js';
import { entropyOf, type Entropy, type RandomSource } from '../random-source.js';

/** What both sides of a handshake are given. */
export interface AttemptOptions {
  readonly ownKey: OwnKey;
  /** Where random inputs come from; leave it out except in tests. */
  readonly random?: RandomSource | undefined;
  /** The default is node:crypto under the export condition "node" and portable JavaScript elsewhere. */
  readonly backend?: CryptoBackend | undefined;
}

/** What all steps of one handshake share. */
export interface Attempt extends Entropy {
  readonly ownKey: OwnKey;
}

/** An attempt to reach one pinned server. */
export interface ClientAttempt extends Attempt {
  readonly peerId: Uint8Array;
}

export function attemptOf({ ownKey, random, backend = defaultBackend }: AttemptOptions): Attempt {
  return { ownKey, ...entropyOf(backend, random) };
}
