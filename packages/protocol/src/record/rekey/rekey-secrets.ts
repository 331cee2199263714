// The keys of a new epoch: Spec 4.3.
import type { CryptoBackend } from '../../backend/crypto-backend.js';
import { KEY_BYTES } from '../../backend/lengths.js';
import { concatBytes, copyBytes, labelBytes, wipe } from '../../bytes.js';
import { epochBytes } from './rekey-body.js';

export interface RekeySecrets {
  /** rk' */
  readonly root: Uint8Array;
  /** c2s' */
  readonly clientToServer: Uint8Array;
  /** s2c' */
  readonly serverToClient: Uint8Array;
}

export interface RekeyInputs {
  /** rk */
  readonly root: Uint8Array;
  /** sid */
  readonly sessionId: Uint8Array;
  /** The epoch that begins. */
  readonly epoch: number;
  readonly rekey1: Uint8Array;
  readonly rekey2: Uint8Array;
  /** ss; erased. */
  readonly kemSecret: Uint8Array;
  /** DH; erased. */
  readonly ephemeralSecret: Uint8Array;
}

/** KDF(rk, ss || DH, "gravy/1 rekey" || u32(epoch + 1) || H(sid || REKEY1 body || REKEY2 body), 96) */
export function rekeySecrets(backend: CryptoBackend, inputs: RekeyInputs): RekeySecrets {
  const { root, sessionId, epoch, rekey1, rekey2, kemSecret, ephemeralSecret } = inputs;
  const bodies = concatBytes(sessionId, rekey1, rekey2);
  const info = concatBytes(labelBytes('gravy/1 rekey'), epochBytes(epoch), backend.sha256(bodies));
  const inputKey = concatBytes(kemSecret, ephemeralSecret);
  const derived = backend.hkdfSha256(root, inputKey, info, 3 * KEY_BYTES);
  try {
    return {
      root: copyBytes(derived, 0, KEY_BYTES),
      clientToServer: copyBytes(derived, KEY_BYTES, 2 * KEY_BYTES),
      serverToClient: copyBytes(derived, 2 * KEY_BYTES),
    };
  } finally {
    wipe(bodies, inputKey, derived, kemSecret, ephemeralSecret);
  }
}
