// msg2: Spec 2.4. `0x02 || pk_s[32] || ct[1088] || tag2[16]`
import { KEM_CIPHERTEXT_BYTES, KEY_BYTES } from '../backend/lengths.js';
import { concatBytes } from '../bytes.js';
import { REPLY_BYTES } from '../limits.js';
import { malformedMessage } from './handshake-errors.js';

const TYPE = 0x02;

export interface Reply {
  /** msg2 without tag2 */
  readonly untagged: Uint8Array;
  /** pk_s */
  readonly ephemeralKey: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

export function encodeUntaggedReply(ephemeralKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(TYPE), ephemeralKey, ciphertext);
}

/** The result views `message`. Throws `malformed_message`. */
export function decodeReply(message: Uint8Array): Reply {
  if (message.length !== REPLY_BYTES || message[0] !== TYPE) {
    throw malformedMessage();
  }
  const ciphertextStart = 1 + KEY_BYTES;
  const tagStart = ciphertextStart + KEM_CIPHERTEXT_BYTES;
  return {
    untagged: message.subarray(0, tagStart),
    ephemeralKey: message.subarray(1, ciphertextStart),
    ciphertext: message.subarray(ciphertextStart, tagStart),
    tag: message.subarray(tagStart),
  };
}
