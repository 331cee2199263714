import { splitGraphemes } from '../../terminal/width.js';

/** One line of text that is being typed; `cursor` counts what a reader takes for one character. */
export interface TextField {
  readonly text: string;
  readonly cursor: number;
}

/** More than any invite, address or path has, and few enough to be drawn at every key. */
export const MAX_FIELD_CHARACTERS = 4_096;

export const EMPTY_FIELD: TextField = { text: '', cursor: 0 };

const LINE_BREAKS = /[\r\n\u2028\u2029]+/gu;
const CONTROLS = /\p{Cc}/gu;

export function fieldWith(text: string): TextField {
  return { text, cursor: splitGraphemes(text).length };
}

/** What is pasted often ends with a line break, and a field has one line. */
export function insertText({ text, cursor }: TextField, inserted: string): TextField {
  const graphemes = splitGraphemes(text);
  const oneLine = inserted
    .slice(0, MAX_FIELD_CHARACTERS)
    .replaceAll(/^[\r\n]+|[\r\n]+$/gu, '')
    .replaceAll(LINE_BREAKS, ' ')
    .replaceAll(CONTROLS, '')
    .slice(0, Math.max(0, MAX_FIELD_CHARACTERS - text.length))
    .toWellFormed();
  const before = graphemes.slice(0, cursor).join('') + oneLine;
  return { text: before + graphemes.slice(cursor).join(''), cursor: splitGraphemes(before).length };
}

export function eraseBefore({ text, cursor }: TextField): TextField {
  if (cursor === 0) return { text, cursor };
  return {
    text: splitGraphemes(text)
      .toSpliced(cursor - 1, 1)
      .join(''),
    cursor: cursor - 1,
  };
}

export function eraseAfter({ text, cursor }: TextField): TextField {
  return { text: splitGraphemes(text).toSpliced(cursor, 1).join(''), cursor };
}

export function eraseToStart({ text, cursor }: TextField): TextField {
  return { text: splitGraphemes(text).slice(cursor).join(''), cursor: 0 };
}

export function eraseWord({ text, cursor }: TextField): TextField {
  const graphemes = splitGraphemes(text);
  const isSpace = (place: number): boolean => /^\s/u.test(graphemes[place] ?? '');
  let kept = cursor;
  while (kept > 0 && isSpace(kept - 1)) kept -= 1;
  while (kept > 0 && !isSpace(kept - 1)) kept -= 1;
  return { text: graphemes.toSpliced(kept, cursor - kept).join(''), cursor: kept };
}

export function moveCursor({ text, cursor }: TextField, by: number): TextField {
  const end = splitGraphemes(text).length;
  return { text, cursor: Math.max(0, Math.min(end, cursor + by)) };
}
