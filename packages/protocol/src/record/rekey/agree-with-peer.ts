import type { AgreementKeyPair } from '../../backend/crypto-backend.js';

/** DH of Spec 0.2. Undefined if the result is all zero. */
export function agreeWithPeer(
  agreement: AgreementKeyPair,
  publicKey: Uint8Array,
): Uint8Array | undefined {
  try {
    return agreement.agree(publicKey);
  } catch {
    return undefined; // The only thing it throws for, once the length is right.
  }
}
