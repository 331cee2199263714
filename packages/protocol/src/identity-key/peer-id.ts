// The test of A in Spec 0.4: applied when a contact is imported, when a handshake starts, and to the id in msg3.
import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { ID_BYTES } from '../backend/lengths.js';
import { ProtocolError } from '../errors.js';
import { requireBytes } from '../require-bytes.js';
import { isCanonicalPoint } from './canonical.js';
import { isSmallOrder } from './small-order.js';

/** Throws `misuse` for what is no Uint8Array, `invalid_peer_id` for another length. */
export function requireIdLength(id: Uint8Array): void {
  requireBytes('id', id);
  if (id.length !== ID_BYTES) throw invalidId();
}

/**
 * Checks that `id` is an Ed25519 public key this protocol accepts.
 * Throws `invalid_peer_id` (length, encoding, not on the curve), `unsafe_peer_id` (small order) or `misuse` (no Uint8Array).
 */
export function assertPeerId(id: Uint8Array, backend: CryptoBackend = defaultBackend): void {
  peerAgreementKey(id, backend);
}

/** The same checks; gives the X25519 form `x(id)`. */
export function peerAgreementKey(id: Uint8Array, backend: CryptoBackend): Uint8Array {
  requireIdLength(id);
  if (isSmallOrder(id)) {
    throw new ProtocolError('unsafe_peer_id', 'Nobody can own this id. Do not use it.');
  }
  const agreementKey = isCanonicalPoint(id) ? backend.publicKeyToAgreementKey(id) : undefined;
  if (!agreementKey) throw invalidId();
  return agreementKey;
}

function invalidId(): ProtocolError {
  return new ProtocolError('invalid_peer_id', 'This is not a valid id. Ask for it again.');
}
