// SHA-256, ChaCha20 and ChaCha20-Poly1305 of Spec 0.2 on libsodium.
import sodium from 'sodium-native';
import type { CryptoBackend } from '../crypto-backend.js';
import { AEAD_NONCE_BYTES, HASH_BYTES, KEY_BYTES, TAG_BYTES } from '../lengths.js';
import { requireBytes } from '../../require-bytes.js';

const CHACHA_BLOCK_BYTES = 64;

export const sodiumSymmetric: Pick<
  CryptoBackend,
  'sha256' | 'chacha20Block' | 'aeadSeal' | 'aeadOpen'
> = {
  sha256(data) {
    const hash = new Uint8Array(HASH_BYTES);
    sodium.crypto_hash_sha256(hash, data);
    return hash;
  },

  chacha20Block(key, nonce) {
    requireBytes('ChaCha20 nonce', nonce, AEAD_NONCE_BYTES);
    requireBytes('ChaCha20 key', key, KEY_BYTES);
    const block = new Uint8Array(CHACHA_BLOCK_BYTES);
    sodium.crypto_stream_chacha20_ietf(block, nonce, key);
    return block;
  },

  aeadSeal(
    key,
    nonce,
    associatedData,
    plaintext,
    room = new Uint8Array(plaintext.length + TAG_BYTES),
  ) {
    requireBytes('AEAD key', key, KEY_BYTES);
    requireBytes('AEAD nonce', nonce, AEAD_NONCE_BYTES);
    sodium.crypto_aead_chacha20poly1305_ietf_encrypt(
      room,
      plaintext,
      associatedData,
      null,
      nonce,
      key,
    );
    return room;
  },

  aeadOpen(key, nonce, associatedData, sealed) {
    requireBytes('AEAD key', key, KEY_BYTES);
    requireBytes('AEAD nonce', nonce, AEAD_NONCE_BYTES);
    if (sealed.length < TAG_BYTES) return undefined;
    const plaintext = new Uint8Array(sealed.length - TAG_BYTES);
    try {
      sodium.crypto_aead_chacha20poly1305_ietf_decrypt(
        plaintext,
        null,
        sealed,
        associatedData,
        nonce,
        key,
      );
      return plaintext;
    } catch {
      return undefined; // The lengths are right: it is not authentic, and libsodium has left zeros.
    }
  },
};
