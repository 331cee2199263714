import { IdentityError } from './errors.js';

/** Gives as many fresh, unpredictable bytes as asked for; what it returns is the receiver's to overwrite. */
export type RandomBytes = (length: number) => Uint8Array;

export const platformRandomBytes: RandomBytes = (length) =>
  globalThis.crypto.getRandomValues(new Uint8Array(length));

/** @throws IdentityError `misuse` if the source gives fewer or more than asked for. */
export function freshBytes(randomBytes: RandomBytes, length: number): Uint8Array {
  const bytes = randomBytes(length);
  if (bytes.length === length) return bytes;
  throw new IdentityError('misuse', 'The source of randomness gave another length than asked for.');
}
