import type { Style } from './style.js';
import { displayWidth } from './width.js';

const GAP = '  ';

/**
 * Aligned columns without boxes. Cells are escaped text; the head is bold. Columns with nothing in them
 * are left out, and of the others the last ones that a terminal of so many `columns` has no room for.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const shown: { readonly column: number; readonly width: number }[] = [];
  let room = columns;
  for (const [column, title] of head.entries()) {
    const cells = rows.map((row) => row[column] ?? '');
    if (cells.every((cell) => cell === '')) continue;
    const width = Math.max(displayWidth(title), ...cells.map(displayWidth));
    // The first tells which row it is, whatever it takes.
    if (width > room && shown.length > 0) break;
    shown.push({ column, width });
    room -= width + GAP.length;
  }
  const align = (row: readonly string[]): string =>
    shown
      .map(({ column, width }) => {
        const cell = row[column] ?? '';
        return cell + ' '.repeat(width - displayWidth(cell));
      })
      .join(GAP)
      .trimEnd();
  return [style.bold(align(head)), ...rows.map(align)];
}

/** Pairs of a word and a value, the values below each other. */
export function formatPairs(pairs: readonly (readonly [string, string])[], style: Style): string[] {
  const width = Math.max(...pairs.map(([word]) => displayWidth(word)));
  return pairs.map(([word, value]) => `${style.dim(word.padEnd(width))}  ${value}`);
}

/** An id for a table: enough to tell contacts apart, never enough to compare keys by. */
export function shortenId(id: string): string {
  return id.length <= 24 ? id : `${id.slice(0, 12)}...${id.slice(-6)}`;
}
