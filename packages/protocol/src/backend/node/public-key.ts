// Ed25519 and X25519 of Spec 0.2 on node:crypto.
import { createHash, diffieHellman, sign, verify, type KeyObject } from 'node:crypto';
import { isAllZero, viewOf, wipe } from '../../bytes.js';
import { ProtocolError } from '../../errors.js';
import type { CryptoBackend } from '../crypto-backend.js';
import { ID_BYTES, KEY_BYTES, SIGNATURE_BYTES } from '../lengths.js';
import { requireBytes } from '../../require-bytes.js';
import { exportRaw, generateKeyPair, keyPairFromRaw, publicKeyFromRaw } from './der.js';

// A KeyObject's secret lives in OpenSSL's memory, which overwrites it when the object is collected: erasing is letting go.
function erasedKey(): never {
  throw new ProtocolError('misuse', 'This key has been erased.');
}

export const nodeSigning: Pick<
  CryptoBackend,
  'signingKeyPair' | 'unsafeVerifyLoosely' | 'seedToAgreementSecret'
> = {
  signingKeyPair(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    const pair = keyPairFromRaw('ed25519', seed);
    let privateKey: KeyObject | undefined = pair.privateKey;
    return {
      publicKey: exportRaw('ed25519', pair.publicKey),
      sign: (message) => new Uint8Array(sign(null, message, privateKey ?? erasedKey())),
      erase: () => {
        privateKey = undefined;
      },
    };
  },

  unsafeVerifyLoosely(publicKey, message, signature) {
    requireBytes('Ed25519 public key', publicKey, ID_BYTES);
    requireBytes('Ed25519 signature', signature, SIGNATURE_BYTES);
    return verify(null, message, publicKeyFromRaw('ed25519', publicKey), signature);
  },

  seedToAgreementSecret(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    const digest = createHash('sha512').update(seed).digest();
    const secret = new Uint8Array(digest.subarray(0, KEY_BYTES));
    wipe(digest);
    // RFC 8032, section 5.1.5, step 2.
    const view = viewOf(secret);
    view.setUint8(0, view.getUint8(0) & 248);
    view.setUint8(31, (view.getUint8(31) & 127) | 64);
    return secret;
  },
};

export const nodeAgreement: Pick<CryptoBackend, 'agreementKeyPair'> = {
  agreementKeyPair(secret) {
    if (secret) requireBytes('X25519 secret', secret, KEY_BYTES);
    const pair = secret ? keyPairFromRaw('x25519', secret) : generateKeyPair('x25519');
    let privateKey: KeyObject | undefined = pair.privateKey;
    return {
      publicKey: exportRaw('x25519', pair.publicKey),
      agree(publicKey) {
        requireBytes('X25519 public key', publicKey, KEY_BYTES);
        const shared = diffieHellman({
          privateKey: privateKey ?? erasedKey(),
          publicKey: publicKeyFromRaw('x25519', publicKey),
        });
        // OpenSSL refuses an all-zero result by itself; other libraries behind node:crypto may not (Spec 9.3).
        if (isAllZero(shared)) throw new Error('X25519: all-zero result');
        const result = new Uint8Array(shared);
        wipe(shared);
        return result;
      },
      erase: () => {
        privateKey = undefined;
      },
    };
  },
};
