// What every signature of this identity signs: Spec 0.5.
import { concatBytes, labelBytes } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { requireBytes } from '../require-bytes.js';

export const CLIENT_AUTH_CONTEXT = 'Gravy/1 client auth';
export const SERVER_AUTH_CONTEXT = 'Gravy/1 server auth';

/** 64 spaces: no signature made elsewhere over text or a structure starts with them (as in TLS 1.3, RFC 8446, section 4.4.3). */
const PREFIX = new Uint8Array(64).fill(0x20);

/** `0x20 * 64 || context || 0x00 || body`. Throws `misuse` unless the context is printable ASCII and the body bytes. */
export function signatureInput(context: string, body: Uint8Array): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(context)) {
    throw new ProtocolError('misuse', 'A signature context is printable ASCII.');
  }
  requireBytes('body', body);
  return concatBytes(PREFIX, labelBytes(context), Uint8Array.of(0), body);
}
