// Sizes of the primitives' inputs and outputs in bytes: Spec 0.2.

export const KEY_BYTES = 32;
export const ID_BYTES = 32;
export const HASH_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const AEAD_NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const KEM_SEED_BYTES = 64;
export const KEM_MESSAGE_BYTES = 32;
export const ENCAPSULATION_KEY_BYTES = 1184;
export const KEM_CIPHERTEXT_BYTES = 1088;
/** 255 blocks of SHA-256: RFC 5869, section 2.3. */
export const HKDF_MAX_BYTES = 255 * HASH_BYTES;
