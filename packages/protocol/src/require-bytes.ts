// What JavaScript callers can get wrong and no compiler tells them.
import { ProtocolError } from './errors.js';

/**
 * Throws `misuse` for anything but a Uint8Array, as a Buffer is one. Of a string the characters would be copied as zeros, without
 * a word: a seed would become everybody's. With `length`, also for another number of bytes: back ends disagree on what they do
 * with wrong lengths (Spec 9.7), so none gets to see one.
 */
export function requireBytes(what: string, value: Uint8Array, length?: number): void {
  // Not by `instanceof`: the arrays of a frame or another context have a constructor of their own.
  const isBytes = ArrayBuffer.isView(value) && value[Symbol.toStringTag] === 'Uint8Array';
  if (isBytes && value.length === (length ?? value.length)) return;
  throw new ProtocolError(
    'misuse',
    `The ${what} must be ${length ?? 'some'} bytes, in a Uint8Array.`,
  );
}
