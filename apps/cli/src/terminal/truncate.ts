import { cellsOf } from './cells.js';
import { widestWidth } from './width.js';

/** The beginning of a text, with `...` at its end if it may need more columns than there are. */
export function truncate(text: string, columns: number): string {
  if (widestWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const cell of cellsOf(text, columns)) {
    width += cell.width;
    if (width > columns - 3) break;
    kept += cell.text;
  }
  return `${kept}...`;
}
