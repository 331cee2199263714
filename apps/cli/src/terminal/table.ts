import type { Style } from './style.js';
import { displayWidth } from './width.js';

/** Aligned columns without boxes. Cells are escaped text; the head is bold. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string[] {
  const widths = head.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const align = (row: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return cell + ' '.repeat(width - displayWidth(cell));
      })
      .join('  ')
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
