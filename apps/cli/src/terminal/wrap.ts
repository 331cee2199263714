import { breakRows } from './break-rows.js';
import { cellsOf } from './cells.js';
import { widestWidth } from './width.js';

/**
 * Cuts escaped text into rows of at most `columns`, at spaces where it can. The terminal's own
 * wrapping would let a peer place words at the left edge, where only this program writes.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, columns)));
}

function wrapLine(line: string, columns: number): string[] {
  if (widestWidth(line) <= columns) return [line];
  const rows = breakRows(cellsOf(line, columns), columns);
  return rows.map((row, at) => {
    const text = row.map((cell) => cell.text).join('');
    return at === rows.length - 1 ? text : text.trimEnd();
  });
}
