import { partsOf, splitGraphemes, widestPartWidth, widestWidth } from './width.js';

/** What goes to the next row as a whole. */
export interface Cell {
  readonly text: string;
  /** The most columns that it takes on a terminal. */
  readonly width: number;
}

/** No emoji that Unicode recommends is wider, its parts drawn apart: a kiss of two people of two skins. */
const MAX_CELL_COLUMNS = 12;

/**
 * The graphemes of a text. Those that need more than a row of `columns`, or more than any honest one does,
 * come in pieces: joined letters and signs of a peer may go on for as long as a message, as one grapheme.
 */
export function cellsOf(text: string, columns: number): Cell[] {
  const room = Math.max(1, Math.min(MAX_CELL_COLUMNS, columns));
  return splitGraphemes(text).flatMap((grapheme): Cell | Cell[] => {
    const width = widestWidth(grapheme);
    return width <= room ? { text: grapheme, width } : piecesOf(grapheme, room);
  });
}

function piecesOf(grapheme: string, room: number): Cell[] {
  const pieces: { text: string; width: number }[] = [];
  for (const text of partsOf(grapheme)) {
    const width = widestPartWidth(text);
    const last = pieces.at(-1);
    // Marks and joiners stay with what they stand on.
    if (last === undefined || last.width + width > room) pieces.push({ text, width });
    else {
      last.text += text;
      last.width += width;
    }
  }
  return pieces;
}
