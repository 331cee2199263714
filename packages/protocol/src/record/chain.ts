// One step of a chain, fast key erasure by ChaCha20: Spec 3.2.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { KEY_BYTES } from '../backend/lengths.js';
import { copyBytes, labelBytes, wipe } from '../bytes.js';

const CHAIN_NONCE = labelBytes('gravy chain1');

/** CK_next and mk. */
export interface ChainStep {
  readonly nextKey: Uint8Array;
  readonly messageKey: Uint8Array;
}

/** Leaves `chainKey` as it is: the caller erases it once the step counts. */
export function stepChain(backend: CryptoBackend, chainKey: Uint8Array): ChainStep {
  const block = backend.chacha20Block(chainKey, CHAIN_NONCE);
  const step = { nextKey: copyBytes(block, 0, KEY_BYTES), messageKey: copyBytes(block, KEY_BYTES) };
  wipe(block);
  return step;
}
