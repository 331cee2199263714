import { stripVTControlCharacters } from 'node:util';
import { widestWidth } from '../terminal/width.js';
import { wrap } from '../terminal/wrap.js';

/** Something said in a conversation: who and when at the left edge, the words right of it. */
export interface Paragraph {
  /** What only this program may write at the left edge; may be styled. */
  readonly lead: string;
  /** Escaped text, perhaps of several lines. */
  readonly text: string;
  /** Styled words behind the last row, or below it where there is no room. */
  readonly tail?: string;
  readonly paint?: (row: string) => string;
  /** An own id or address, to be copied: left to the terminal to wrap. */
  readonly isWhole?: true;
}

const LEAST_COLUMNS_FOR_TEXT = 20;
const NARROW_INDENT = 2;

/**
 * Rows for a terminal of so many columns (without one: as many as the text needs). Rows after the
 * first are indented, so that no text can look like a new message or notice.
 */
export function layOut(paragraph: Paragraph, columns: number | undefined): string[] {
  const { lead, text, tail = '', paint = (row) => row } = paragraph;
  const leadWidth = widestWidth(stripVTControlCharacters(lead));
  // One column stays free: terminals disagree on when a full row breaks.
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - 1;
  const isNarrow = paragraph.isWhole !== true && room - leadWidth < LEAST_COLUMNS_FOR_TEXT;
  const indent = isNarrow ? NARROW_INDENT : leadWidth;
  const texts = paragraph.isWhole === true ? [text] : wrap(text, room - indent);
  const rows = isNarrow
    ? [lead.trimEnd(), ...texts.map((row) => ' '.repeat(indent) + paint(row))]
    : texts.map((row, at) => (at === 0 ? lead : ' '.repeat(indent)) + paint(row));
  const last = rows.at(-1) ?? '';
  const hasRoom = widestWidth(stripVTControlCharacters(last + tail)) + 2 <= room;
  if (tail === '') return rows;
  return hasRoom
    ? [...rows.slice(0, -1), `${last}  ${tail}`]
    : [...rows, ' '.repeat(indent) + tail];
}
