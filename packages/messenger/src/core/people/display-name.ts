import { MessengerError } from '../../errors.js';

const MAX_NAME_CHARACTERS = 64;
// Control characters, line and paragraph separators, bidirectional controls, halves of surrogate pairs.
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
// What takes no room: with it a name could look like another one and be a different text.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const LIKE_AN_ID = /^gravy(invite)?1/iu;

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
  if (LIKE_AN_ID.test(name)) {
    throw invalid('A name may not begin like a public key. Choose another one.');
  }
  return name;
}

/**
 * A name that a peer suggests, made into one that can be stored (Spec 8.7); undefined if nothing is
 * left of it. The joiners of some scripts and emoji go as well: the person can give a better name.
 */
export function cleanSuggestedName(text: string): string | undefined {
  const visible = text
    .replaceAll(new RegExp(UNSAFE, 'gu'), ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/\s+/gu, ' ')
    .normalize('NFC')
    .trim();
  const name = Array.from(visible).slice(0, MAX_NAME_CHARACTERS).join('').trim();
  return name === '' || LIKE_AN_ID.test(name) ? undefined : name;
}

/** What somebody is called who has said nothing about it, by the end of their `gravy1...` id. */
export function placeholderName(textId: string): string {
  return `Unnamed ${textId.slice(-6)}`;
}

/** The name itself, or the first of "name (2)", "name (3)", ... that is free. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`;
    const room = MAX_NAME_CHARACTERS - suffix.length;
    const candidate = `${Array.from(name).slice(0, room).join('').trim()}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

function invalid(message: string): MessengerError {
  return new MessengerError('invalid_name', message);
}
