// What the back end uses of sodium-native. Its published types are of version 2 and lack most of this.
declare module 'sodium-native' {
  /** Each writes its first argument and throws for a wrong length or a failure. */
  const sodium: {
    sodium_memzero(buffer: Uint8Array): void;
    crypto_hash_sha256(hash: Uint8Array, data: Uint8Array): void;
    crypto_stream_chacha20_ietf(keystream: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
    crypto_aead_chacha20poly1305_ietf_encrypt(
      sealed: Uint8Array,
      plaintext: Uint8Array,
      associatedData: Uint8Array,
      secretNonce: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number;
    crypto_aead_chacha20poly1305_ietf_decrypt(
      plaintext: Uint8Array,
      secretNonce: null,
      sealed: Uint8Array,
      associatedData: Uint8Array,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number;
    crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void;
    crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void;
    crypto_sign_ed25519_sk_to_curve25519(secret: Uint8Array, seedAndPublicKey: Uint8Array): void;
    crypto_sign_ed25519_pk_to_curve25519(publicKey: Uint8Array, edPublicKey: Uint8Array): void;
    crypto_scalarmult_base(publicKey: Uint8Array, secret: Uint8Array): void;
    crypto_scalarmult(shared: Uint8Array, secret: Uint8Array, publicKey: Uint8Array): void;
  };
  export default sodium;
}
