// The pre-shared key of an invite: Spec 0.6.
import { KEY_BYTES } from '../backend/lengths.js';
import { copyBytes, isAllZero } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { requireBytes } from '../require-bytes.js';

/** What stands in for the psk without an invite. */
export function zeroPsk(): Uint8Array {
  return new Uint8Array(KEY_BYTES);
}

/** A copy. Throws `misuse` unless there are 32 bytes, not all zero. */
export function copyPsk(psk: Uint8Array): Uint8Array {
  requireBytes("invite's secret", psk, KEY_BYTES);
  if (isAllZero(psk)) {
    throw new ProtocolError('misuse', "An invite's secret is never all zero.");
  }
  return copyBytes(psk);
}
