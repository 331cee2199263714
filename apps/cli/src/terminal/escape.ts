// Text from a peer must never be able to act on the terminal: no escape sequence may reach it, no
// direction override may reorder what stands around it, and no line break may begin a forged line.

// Controls (C0, DEL, C1), halves of surrogate pairs, bidirectional marks, overrides and isolates,
// interlinear annotations, the byte order mark, and the deprecated format characters.
const UNSAFE =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const LINE_BREAK = /\r\n|[\n\u2028\u2029]/gu;
const UNSAFE_OR_BREAK = new RegExp(`${UNSAFE.source}|[\\u2028\\u2029]`, 'gu');

/** For names, ids, addresses and messages: one line, with every unsafe character shown as its number. */
export function escapeLine(text: string): string {
  return text.replaceAll(UNSAFE_OR_BREAK, name);
}

/** For texts of a conversation: line breaks become `\n`, tabs four spaces, the rest as `escapeLine`. */
export function escapeText(text: string): string {
  return text
    .replaceAll(LINE_BREAK, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(UNSAFE, (character) => (character === '\n' ? '\n' : name(character)));
}

/** JSON for a terminal: the same value, with unsafe characters inside strings written as \uXXXX. */
export function escapeJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(
    UNSAFE_OR_BREAK,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function name(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `<U+${number}>`;
}
