// Text from a peer must never be able to act on the terminal: no escape sequence may reach it, no
// direction override may reorder what stands around it, and no line break may begin a forged line.
import { replaceUnsafe } from './unsafe-characters.js';

const LINE_BREAK = /\r\n|[\n\u2028\u2029]/gu;

/** For names, ids, addresses and messages: one line, with every unsafe character shown as its number. */
export function escapeLine(text: string): string {
  return replaceUnsafe(text, name);
}

/** For texts of a conversation: line breaks become `\n`, tabs four spaces, the rest as `escapeLine`. */
export function escapeText(text: string): string {
  return replaceUnsafe(text.replaceAll(LINE_BREAK, '\n').replaceAll('\t', '    '), (character) =>
    character === '\n' ? '\n' : name(character),
  );
}

/** JSON for a terminal: the same value, with unsafe characters inside strings written as \uXXXX. */
export function escapeJson(value: unknown): string {
  return replaceUnsafe(JSON.stringify(value) ?? 'null', (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function name(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `<U+${number}>`;
}
