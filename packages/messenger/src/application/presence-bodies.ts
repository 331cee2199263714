// Spec 8.7: TYPING and PROFILE.
import { decodeBody, encodeBody, MalformedBodyError } from './cbor.js';

const MAX_PROFILE_NAME_BYTES = 256;

export function encodeTyping(): Uint8Array {
  return encodeBody({});
}

/** @throws MalformedBodyError */
export function decodeTyping(bytes: Uint8Array): void {
  decodeBody(bytes);
}

export function encodeProfile(name: string): Uint8Array {
  return encodeBody({ name });
}

/** What the sender would like to be called: a peer's words. @throws MalformedBodyError */
export function decodeProfile(bytes: Uint8Array): string {
  const name = decodeBody(bytes).get('name');
  if (typeof name !== 'string' || Buffer.byteLength(name) > MAX_PROFILE_NAME_BYTES) {
    throw new MalformedBodyError('PROFILE without a name of an allowed size');
  }
  return name;
}
