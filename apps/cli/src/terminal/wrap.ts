import { splitGraphemes, widestGraphemeWidth } from './width.js';

/**
 * Cuts escaped text into rows of at most `columns`, at spaces where it can. The terminal's own
 * wrapping would let a peer place words at the left edge, where only this program writes.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, columns)));
}

function wrapLine(line: string, columns: number): string[] {
  if (widestWidth(splitGraphemes(line)) <= columns) return [line];
  const rows: string[] = [];
  let row: string[] = [];
  let width = 0;
  for (const grapheme of splitGraphemes(line)) {
    const own = widestGraphemeWidth(grapheme);
    if (width + own > columns && row.length > 0) {
      const space = row.lastIndexOf(' ');
      const isWordBroken = grapheme !== ' ' && space > 0;
      const rest = isWordBroken ? row.splice(space + 1) : [];
      rows.push(row.join('').trimEnd());
      row = rest;
      width = widestWidth(rest);
      if (grapheme === ' ' && row.length === 0) continue;
    }
    row.push(grapheme);
    width += own;
  }
  rows.push(row.join(''));
  return rows;
}

function widestWidth(graphemes: readonly string[]): number {
  return graphemes.reduce((sum, grapheme) => sum + widestGraphemeWidth(grapheme), 0);
}
