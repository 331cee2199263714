import { MessengerError } from '../errors.js';

const MAX_NAME_CHARACTERS = 64;
// Control characters, line and paragraph separators, bidirectional controls, halves of surrogate pairs.
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/**
 * A contact's name as it is stored: NFC, trimmed. It may not look like an id, since either may be
 * given where a contact is asked for.
 * @throws MessengerError `invalid_name`
 */
export function checkContactName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name === '') throw invalid('A contact needs a name.');
  if (Array.from(name).length > MAX_NAME_CHARACTERS) {
    throw invalid(`A name may have at most ${MAX_NAME_CHARACTERS} characters.`);
  }
  if (UNSAFE.test(name)) {
    throw invalid('This name has invisible or control characters. Type it again without them.');
  }
  if (/^gravy(invite)?1/iu.test(name)) {
    throw invalid('A name may not begin like a public key. Choose another one.');
  }
  return name;
}

function invalid(message: string): MessengerError {
  return new MessengerError('invalid_name', message);
}
