// DH of Spec 0.2 with a key the peer chose: an all-zero output is the peer's fault, not the caller's.
import { ProtocolError } from '../errors.js';
import { notAuthentic } from './handshake-errors.js';

/** Runs the agreement; what it throws becomes `peer_not_authentic`, but for our own misuse (an erased key). */
export function agreeOrRefuse(agree: () => Uint8Array): Uint8Array {
  try {
    return agree();
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause;
    throw notAuthentic(cause);
  }
}
