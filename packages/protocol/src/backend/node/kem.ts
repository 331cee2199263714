// ML-KEM-768 of Spec 0.2 on node:crypto (Node 24.7 and later with OpenSSL 3.5).
// A runtime without ML-KEM has not even the names, and to import a missing name is an error before anything can be tried.
import * as nodeCrypto from 'node:crypto';
import { wipe } from '../../bytes.js';
import { ProtocolError } from '../../errors.js';
import type { CryptoBackend } from '../crypto-backend.js';
import { ENCAPSULATION_KEY_BYTES, KEM_CIPHERTEXT_BYTES, KEM_SEED_BYTES } from '../lengths.js';
import { portableBackend } from '../portable.js';
import { requireBytes } from '../../require-bytes.js';
import { exportRaw, generateKeyPair, keyPairFromRaw, publicKeyFromRaw } from './der.js';

export const nodeKem: Pick<CryptoBackend, 'kemKeyPair' | 'kemEncapsulate'> = {
  kemKeyPair(seed) {
    if (seed) requireBytes('ML-KEM seed', seed, KEM_SEED_BYTES);
    const pair = seed ? keyPairFromRaw('mlKem768', seed) : generateKeyPair('mlKem768');
    let privateKey: nodeCrypto.KeyObject | undefined = pair.privateKey;
    return {
      encapsulationKey: exportRaw('mlKem768', pair.publicKey),
      decapsulate(ciphertext) {
        requireBytes('ML-KEM ciphertext', ciphertext, KEM_CIPHERTEXT_BYTES);
        if (!privateKey) throw new ProtocolError('misuse', 'This key has been erased.');
        const shared = nodeCrypto.decapsulate(privateKey, ciphertext);
        const result = new Uint8Array(shared);
        wipe(shared);
        return result;
      },
      erase: () => {
        privateKey = undefined;
      },
    };
  },

  kemEncapsulate(encapsulationKey, seed) {
    // node:crypto cannot be given the seed; only tests give one.
    if (seed) return portableBackend.kemEncapsulate(encapsulationKey, seed);
    requireBytes('ML-KEM key', encapsulationKey, ENCAPSULATION_KEY_BYTES);
    const result = nodeCrypto.encapsulate(publicKeyFromRaw('mlKem768', encapsulationKey));
    const sharedSecret = new Uint8Array(result.sharedKey);
    wipe(result.sharedKey);
    return { ciphertext: new Uint8Array(result.ciphertext), sharedSecret };
  },
};
