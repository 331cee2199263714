// What JavaScript callers can get wrong and no compiler tells them.
import { ProtocolError } from './errors.js';

/**
 * Elsewhere than in a Uint8Array (a Buffer is one) bytes are lost without a word: the characters of a string, for one, are copied
 * as zeros, so that a seed would become everybody's. Throws `misuse`.
 */
export function requireBytes(what: string, value: unknown): asserts value is Uint8Array {
  // Not by `instanceof`: the arrays of a frame or another context have a constructor of their own.
  if (!ArrayBuffer.isView(value) || Reflect.get(value, Symbol.toStringTag) !== 'Uint8Array') {
    throw new ProtocolError('misuse', `The ${what} must be a Uint8Array.`);
  }
}

/** Back ends disagree on what they do with wrong lengths (Spec 9.7), so none gets to see one. Throws `misuse`. */
export function requireLength(what: string, value: unknown, length: number): void {
  requireBytes(what, value);
  if (value.length !== length) {
    throw new ProtocolError('misuse', `The ${what} must have ${length} bytes.`);
  }
}
