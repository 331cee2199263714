// msg3 and msg4: Spec 2.6 and 2.8. `type || AEAD(key, N0, hash, [id_c] || nonce[32] || features[4] || signature[64])`
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { AEAD_NONCE_BYTES, ID_BYTES, SIGNATURE_BYTES } from '../backend/lengths.js';
import { concatBytes, copyBytes, NO_BYTES } from '../bytes.js';
import { ACCEPTANCE_BYTES, PROOF_BYTES } from '../limits.js';
import { malformedMessage, notAuthentic } from './handshake-errors.js';

export const NONCE_BYTES = 32;
const FEATURE_BYTES = 4;
/** Version 1 has none; unknown bits of the peer's are ignored. */
export const OWN_FEATURES = new Uint8Array(FEATURE_BYTES);
/** N0: each handshake key seals one message. */
const ZERO_NONCE = new Uint8Array(AEAD_NONCE_BYTES);

const PROOF_TYPE = 0x03;
const ACCEPTANCE_TYPE = 0x04;

/** One side's nonce, features and signature. */
export interface Authentication {
  readonly nonce: Uint8Array;
  readonly features: Uint8Array;
  readonly signature: Uint8Array;
}

/** The key and the transcript hash that a message is sealed with. */
export interface SealingKey {
  readonly key: Uint8Array;
  readonly hash: Uint8Array;
}

/** hash || signer || other || nonce || features: the body that `SIG` signs. */
export function authenticationBody(
  hash: Uint8Array,
  ids: { readonly signer: Uint8Array; readonly other: Uint8Array },
  nonce: Uint8Array,
  features: Uint8Array,
): Uint8Array {
  return concatBytes(hash, ids.signer, ids.other, nonce, features);
}

function join(own: Authentication): Uint8Array {
  return concatBytes(own.nonce, own.features, own.signature);
}

function split(bytes: Uint8Array): Authentication {
  const signatureStart = NONCE_BYTES + FEATURE_BYTES;
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    features: bytes.subarray(NONCE_BYTES, signatureStart),
    signature: bytes.subarray(signatureStart, signatureStart + SIGNATURE_BYTES),
  };
}

function seal(
  backend: CryptoBackend,
  type: number,
  { key, hash }: SealingKey,
  plaintext: Uint8Array,
): Uint8Array {
  return concatBytes(Uint8Array.of(type), backend.aeadSeal(key, ZERO_NONCE, hash, plaintext));
}

function open(
  backend: CryptoBackend,
  expected: { readonly type: number; readonly bytes: number },
  { key, hash }: SealingKey,
  message: Uint8Array,
): Uint8Array {
  if (message.length !== expected.bytes || message[0] !== expected.type) {
    throw malformedMessage();
  }
  const plaintext = backend.aeadOpen(key, ZERO_NONCE, hash, message.subarray(1));
  if (!plaintext) throw notAuthentic();
  return plaintext;
}

/** tag2 = AEAD(k2, N0, h1b, "") */
export function sealTag(backend: CryptoBackend, { key, hash }: SealingKey): Uint8Array {
  return backend.aeadSeal(key, ZERO_NONCE, hash, NO_BYTES);
}

export function isTagValid(
  backend: CryptoBackend,
  { key, hash }: SealingKey,
  tag: Uint8Array,
): boolean {
  return backend.aeadOpen(key, ZERO_NONCE, hash, tag) !== undefined;
}

/** msg3 */
export function sealProof(
  backend: CryptoBackend,
  sealingKey: SealingKey,
  clientId: Uint8Array,
  own: Authentication,
): Uint8Array {
  return seal(backend, PROOF_TYPE, sealingKey, concatBytes(clientId, join(own)));
}

/** Throws `malformed_message` or `peer_not_authentic`; the signature is still to be verified. */
export function openProof(
  backend: CryptoBackend,
  sealingKey: SealingKey,
  message: Uint8Array,
): { readonly clientId: Uint8Array; readonly authentication: Authentication } {
  const plaintext = open(backend, { type: PROOF_TYPE, bytes: PROOF_BYTES }, sealingKey, message);
  return {
    clientId: copyBytes(plaintext, 0, ID_BYTES),
    authentication: split(plaintext.subarray(ID_BYTES)),
  };
}

/** msg4 */
export function sealAcceptance(
  backend: CryptoBackend,
  sealingKey: SealingKey,
  own: Authentication,
): Uint8Array {
  return seal(backend, ACCEPTANCE_TYPE, sealingKey, join(own));
}

/** Throws `malformed_message` or `peer_not_authentic`; the signature is still to be verified. */
export function openAcceptance(
  backend: CryptoBackend,
  sealingKey: SealingKey,
  message: Uint8Array,
): Authentication {
  const expected = { type: ACCEPTANCE_TYPE, bytes: ACCEPTANCE_BYTES };
  return split(open(backend, expected, sealingKey, message));
}
