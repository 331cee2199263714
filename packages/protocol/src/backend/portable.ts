// The primitives of Spec 0.2 in portable JavaScript, and the reference for every other back end. Its run time depends on
// secrets in ways nobody controls: JavaScript gives no constant time.
import { stream } from '@stablelib/chacha';
import { ChaCha20Poly1305 } from '@stablelib/chacha20poly1305';
import {
  convertPublicKeyToX25519,
  convertSecretKeyToX25519,
  generateKeyPairFromSeed,
  sign,
  verify,
} from '@stablelib/ed25519';
import { HKDF } from '@stablelib/hkdf';
import { hmac } from '@stablelib/hmac';
import { hash, SHA256 } from '@stablelib/sha256';
import { scalarMultBase, sharedKey } from '@stablelib/x25519';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { copyBytes, wipe } from '../bytes.js';
import type { CryptoBackend } from './crypto-backend.js';
import {
  AEAD_NONCE_BYTES,
  ENCAPSULATION_KEY_BYTES,
  HKDF_MAX_BYTES,
  ID_BYTES,
  KEM_CIPHERTEXT_BYTES,
  KEM_MESSAGE_BYTES,
  KEM_SEED_BYTES,
  KEY_BYTES,
  SIGNATURE_BYTES,
} from './lengths.js';
import { requireBytes } from '../require-bytes.js';
import { ProtocolError } from '../errors.js';

/** A new cipher object for every call: stablelib's encrypts under zeros once it has been cleaned (Spec 9.4). */
function withCipher<T>(key: Uint8Array, nonce: Uint8Array, use: (c: ChaCha20Poly1305) => T): T {
  requireBytes('AEAD key', key, KEY_BYTES);
  requireBytes('AEAD nonce', nonce, AEAD_NONCE_BYTES);
  const cipher = new ChaCha20Poly1305(key);
  try {
    return use(cipher);
  } finally {
    cipher.clean();
  }
}

/** The back end that runs everywhere: stablelib, and @noble/post-quantum for ML-KEM-768. */
export const portableBackend: CryptoBackend = {
  name: 'portable',
  isNative: false,

  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),

  sha256: (data) => hash(data),

  hmacSha256: (key, data) => hmac(SHA256, key, data),

  hkdfSha256(salt, inputKey, info, length) {
    if (length > HKDF_MAX_BYTES) {
      throw new ProtocolError('misuse', `HKDF gives at most ${HKDF_MAX_BYTES} bytes.`);
    }
    const expander = new HKDF(SHA256, inputKey, salt, info);
    try {
      return expander.expand(length);
    } finally {
      expander.clean();
    }
  },

  chacha20Block(key, nonce) {
    requireBytes('ChaCha20 nonce', nonce, AEAD_NONCE_BYTES);
    requireBytes('ChaCha20 key', key, KEY_BYTES);
    return stream(key, nonce, new Uint8Array(64));
  },

  aeadSeal: (key, nonce, associatedData, plaintext) =>
    withCipher(key, nonce, (cipher) => cipher.seal(nonce, plaintext, associatedData)),

  aeadOpen: (key, nonce, associatedData, sealed) =>
    withCipher(key, nonce, (cipher) => cipher.open(nonce, sealed, associatedData)) ?? undefined,

  signingKeyPair(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    const { publicKey, secretKey } = generateKeyPairFromSeed(seed);
    return {
      publicKey,
      sign: (message) => sign(secretKey, message),
      erase: () => wipe(secretKey),
    };
  },

  unsafeVerifyLoosely(publicKey, message, signature) {
    requireBytes('Ed25519 public key', publicKey, ID_BYTES);
    requireBytes('Ed25519 signature', signature, SIGNATURE_BYTES);
    return verify(publicKey, message, signature);
  },

  seedToAgreementSecret(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    return convertSecretKeyToX25519(seed);
  },

  publicKeyToAgreementKey(publicKey) {
    requireBytes('Ed25519 public key', publicKey, ID_BYTES);
    try {
      return convertPublicKeyToX25519(publicKey);
    } catch {
      return undefined; // The only thing it throws for, once the length is right: not on the curve.
    }
  },

  agreementKeyPair(secret) {
    if (secret) requireBytes('X25519 secret', secret, KEY_BYTES);
    const ownSecret = secret ? copyBytes(secret) : portableBackend.randomBytes(KEY_BYTES);
    return {
      publicKey: scalarMultBase(ownSecret),
      agree(publicKey) {
        requireBytes('X25519 public key', publicKey, KEY_BYTES);
        // The third argument makes stablelib refuse an all-zero result (Spec 9.3).
        return sharedKey(ownSecret, publicKey, true);
      },
      erase: () => wipe(ownSecret),
    };
  },

  kemKeyPair(seed) {
    if (seed) requireBytes('ML-KEM seed', seed, KEM_SEED_BYTES);
    const { publicKey, secretKey } = ml_kem768.keygen(seed);
    return {
      encapsulationKey: publicKey,
      decapsulate(ciphertext) {
        requireBytes('ML-KEM ciphertext', ciphertext, KEM_CIPHERTEXT_BYTES);
        return ml_kem768.decapsulate(ciphertext, secretKey);
      },
      erase: () => wipe(secretKey),
    };
  },

  kemEncapsulate(encapsulationKey, seed) {
    requireBytes('ML-KEM key', encapsulationKey, ENCAPSULATION_KEY_BYTES);
    if (seed) requireBytes('ML-KEM seed', seed, KEM_MESSAGE_BYTES);
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(encapsulationKey, seed);
    // Noble's shared secret is a view on a longer buffer that the wipe of a copy would leave alone.
    const result = { ciphertext: cipherText, sharedSecret: copyBytes(sharedSecret) };
    wipe(sharedSecret);
    return result;
  },
};
