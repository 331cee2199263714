import { randomBytes } from 'node:crypto';
import { MessengerError } from '../../errors.js';

/** Wire ids are 16 bytes; the API shows them as 22 characters of base64url. */
export function idToText(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('base64url');
}

/** @throws MessengerError `no_such_message` for anything that cannot be an id. */
export function messageIdFromText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 16 || bytes.toString('base64url') !== text) throw noSuchMessage();
  return new Uint8Array(bytes);
}

export function noSuchMessage(): MessengerError {
  return new MessengerError(
    'no_such_message',
    'No message of this conversation has that id. message.history lists them.',
  );
}

const ID_BYTES = 16;
/** Randomness is drawn for many ids at once: a draw takes hardly longer for all of them than for one. */
const IDS_PER_DRAW = 64;
let drawn = new Uint8Array(0);

export function newMessageId(): Uint8Array {
  if (drawn.length === 0) drawn = new Uint8Array(randomBytes(ID_BYTES * IDS_PER_DRAW));
  const id = drawn.slice(0, ID_BYTES);
  drawn = drawn.subarray(ID_BYTES);
  return id;
}

export function newSessionId(): string {
  return randomBytes(16).toString('base64url');
}
