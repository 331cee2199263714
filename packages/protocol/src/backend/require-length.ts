import { ProtocolError } from '../errors.js';

/** Back ends disagree on what they do with wrong lengths (Spec 9.7), so none gets to see one. Throws `misuse`. */
export function requireLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) {
    throw new ProtocolError('misuse', `The ${what} must have ${length} bytes.`);
  }
}
