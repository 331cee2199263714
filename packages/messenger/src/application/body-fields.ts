// The types of fields that several bodies have: Spec 8.1 and 8.2.
import { type CborMap, MalformedBodyError } from './cbor.js';

const ID_BYTES = 16;
const SHA256_BYTES = 32;

/** @throws MalformedBodyError */
export function messageIdField(value: ReturnType<CborMap['get']>): Uint8Array {
  return bytesField(value, ID_BYTES, 'an id');
}

/** @throws MalformedBodyError */
export function sha256Field(value: ReturnType<CborMap['get']>): Uint8Array {
  return bytesField(value, SHA256_BYTES, 'a hash');
}

/** @throws MalformedBodyError */
export function uintField(value: ReturnType<CborMap['get']>, what: string): number {
  if (typeof value !== 'number') throw new MalformedBodyError(`${what} that is no number`);
  return value;
}

/** A text of at most so many bytes in UTF-8. @throws MalformedBodyError */
export function textField(
  value: ReturnType<CborMap['get']>,
  limits: { minBytes: number; maxBytes: number },
  what: string,
): string {
  if (typeof value !== 'string') throw new MalformedBodyError(`${what} that is no text`);
  const bytes = Buffer.byteLength(value);
  if (bytes < limits.minBytes || bytes > limits.maxBytes) {
    throw new MalformedBodyError(`${what} of a size that is not allowed`);
  }
  return value;
}

function bytesField(value: ReturnType<CborMap['get']>, length: number, what: string): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new MalformedBodyError(`${what} that is not ${length} bytes`);
  }
  return value;
}
