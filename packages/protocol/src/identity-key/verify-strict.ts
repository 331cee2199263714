// VerifyStrict of Spec 0.4. Back ends disagree on what they accept (Spec 9.1): what they disagree on is decided here first.
import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { ID_BYTES, SIGNATURE_BYTES } from '../backend/lengths.js';
import { requireBytes } from '../require-bytes.js';
import { isCanonicalPoint, isCanonicalScalar } from './canonical.js';
import { signatureInput } from './signature-input.js';
import { isSmallOrder } from './small-order.js';

/** A signature with everything it is checked against. */
export interface StrictSignature {
  /** The signer's id, 32 bytes. */
  readonly id: Uint8Array;
  /** The context it was signed in, such as `Gravy/1 address`. */
  readonly context: string;
  readonly body: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
  readonly backend?: CryptoBackend | undefined;
}

/**
 * Whether the signature is valid under the strict rules. False, never an error, for whatever bytes id and signature are. Throws
 * `misuse` for what is no bytes, or no context.
 */
export function verifyStrict(claim: StrictSignature): boolean {
  requireBytes('id', claim.id);
  requireBytes('signature', claim.signature);
  const message = signatureInput(claim.context, claim.body);
  return verifyMessageStrict(claim.id, message, claim.signature, claim.backend ?? defaultBackend);
}

/** The rule itself, over a bare message. */
export function verifyMessageStrict(
  id: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  backend: CryptoBackend,
): boolean {
  if (id.length !== ID_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  const noncePoint = signature.subarray(0, ID_BYTES);
  const scalar = signature.subarray(ID_BYTES);
  if (!isCanonicalPoint(id) || isSmallOrder(id)) return false;
  if (!isCanonicalPoint(noncePoint) || isSmallOrder(noncePoint)) return false;
  if (!isCanonicalScalar(scalar)) return false;
  // That A and R are on the curve needs no check of its own: the back end decodes A, and compares R with the encoding of
  // a point it has computed, byte for byte.
  return backend.unsafeVerifyLoosely(id, message, signature);
}
