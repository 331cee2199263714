// Ed25519 signing and X25519 of Spec 0.2 on libsodium. Not verification: versions of libsodium differ in whether they accept a
// signature that is wrong by a point of small order, which Spec 0.4 refuses.
import sodium from 'sodium-native';
import { copyBytes, wipe } from '../../bytes.js';
import type { CryptoBackend } from '../crypto-backend.js';
import { ID_BYTES, KEY_BYTES, SIGNATURE_BYTES } from '../lengths.js';
import { portableBackend } from '../portable.js';
import { requireBytes } from '../../require-bytes.js';

/** libsodium's form of a secret key: the seed, and the public key behind it. */
const SECRET_KEY_BYTES = 64;

export const sodiumPublicKey: Pick<
  CryptoBackend,
  'signingKeyPair' | 'seedToAgreementSecret' | 'publicKeyToAgreementKey' | 'agreementKeyPair'
> = {
  signingKeyPair(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    const publicKey = new Uint8Array(ID_BYTES);
    const secretKey = new Uint8Array(SECRET_KEY_BYTES);
    sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed);
    return {
      publicKey,
      sign(message) {
        const signature = new Uint8Array(SIGNATURE_BYTES);
        sodium.crypto_sign_detached(signature, message, secretKey);
        return signature;
      },
      erase: () => wipe(secretKey),
    };
  },

  seedToAgreementSecret(seed) {
    requireBytes('Ed25519 seed', seed, KEY_BYTES);
    const secret = new Uint8Array(KEY_BYTES);
    sodium.crypto_sign_ed25519_sk_to_curve25519(secret, seed);
    return secret;
  },

  publicKeyToAgreementKey(publicKey) {
    requireBytes('Ed25519 public key', publicKey, ID_BYTES);
    const agreementKey = new Uint8Array(KEY_BYTES);
    try {
      sodium.crypto_sign_ed25519_pk_to_curve25519(agreementKey, publicKey);
      return agreementKey;
    } catch {
      // libsodium also refuses points with a torsion component, which Spec 0.4 allows: the reference decides.
      return portableBackend.publicKeyToAgreementKey(publicKey);
    }
  },

  agreementKeyPair(secret) {
    if (secret) requireBytes('X25519 secret', secret, KEY_BYTES);
    const ownSecret = secret ? copyBytes(secret) : portableBackend.randomBytes(KEY_BYTES);
    const publicKey = new Uint8Array(KEY_BYTES);
    sodium.crypto_scalarmult_base(publicKey, ownSecret);
    return {
      publicKey,
      agree(peerKey) {
        requireBytes('X25519 public key', peerKey, KEY_BYTES);
        const shared = new Uint8Array(KEY_BYTES);
        sodium.crypto_scalarmult(shared, ownSecret, peerKey); // Throws for an all-zero result.
        return shared;
      },
      erase: () => wipe(ownSecret),
    };
  },
};
