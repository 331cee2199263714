import { splitGraphemes, widestGraphemeWidth } from '../../terminal/width.js';
import { type Line, partOf, type Span } from './span.js';

interface Cell {
  readonly grapheme: string;
  readonly width: number;
  readonly of: Span;
}

/** Cuts spans into rows of at most `columns`, at spaces where it can. */
export function wrapSpans(spans: readonly Span[], columns: number): Line[] {
  const room = Math.max(1, columns);
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  for (const cell of cellsOf(spans)) {
    if (row.length > 0 && widthOf(row) + cell.width > room) {
      const space = row.findLastIndex(({ grapheme }) => grapheme === ' ');
      const rest = cell.grapheme !== ' ' && space > 0 ? row.splice(space + 1) : [];
      rows.push(row);
      row = rest;
      if (cell.grapheme === ' ' && row.length === 0) continue;
    }
    row.push(cell);
  }
  return [...rows, row].map(lineOf);
}

/** The beginning of a line, with `...` at its end if it needs more columns than there are. */
export function truncateSpans(spans: readonly Span[], columns: number): Line {
  const cells = cellsOf(spans);
  if (widthOf(cells) <= columns) return spans;
  const kept: Cell[] = [];
  for (const cell of cells) {
    if (widthOf(kept) + cell.width > columns - 3) break;
    kept.push(cell);
  }
  const last = kept.at(-1)?.of ?? spans[0];
  return last === undefined ? [] : [...lineOf(kept), partOf(last, '...'.slice(0, columns))];
}

export function spansWidth(spans: readonly Span[]): number {
  return widthOf(cellsOf(spans));
}

function cellsOf(spans: readonly Span[]): Cell[] {
  return spans.flatMap((of) =>
    splitGraphemes(of.text).map((grapheme) => ({
      grapheme,
      width: widestGraphemeWidth(grapheme),
      of,
    })),
  );
}

const widthOf = (cells: readonly Cell[]): number =>
  cells.reduce((sum, { width }) => sum + width, 0);

/** Neighbours out of one span are one span again. */
function lineOf(cells: readonly Cell[]): Line {
  const line: { of: Span; text: string }[] = [];
  for (const { grapheme, of } of cells) {
    const last = line.at(-1);
    if (last?.of === of) last.text += grapheme;
    else line.push({ of, text: grapheme });
  }
  return line.map(({ of, text }) => partOf(of, text));
}
