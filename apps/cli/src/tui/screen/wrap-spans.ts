import { breakRows } from '../../terminal/break-rows.js';
import { type Cell, cellsOf } from '../../terminal/cells.js';
import { widestWidth } from '../../terminal/width.js';
import { type Line, partOf, type Span } from './span.js';

interface SpanCell extends Cell {
  readonly of: Span;
}

/** Cuts spans into rows of at most `columns`, at spaces where it can. */
export function wrapSpans(spans: readonly Span[], columns: number): Line[] {
  const room = Math.max(1, columns);
  return breakRows(cellsOfSpans(spans, room), room).map(lineOf);
}

/** The beginning of a line, with `...` at its end if it needs more columns than there are. */
export function truncateSpans(spans: readonly Span[], columns: number): Line {
  if (spansWidth(spans) <= columns) return spans;
  const kept: SpanCell[] = [];
  let width = 0;
  for (const cell of cellsOfSpans(spans, columns)) {
    width += cell.width;
    if (width > columns - 3) break;
    kept.push(cell);
  }
  const last = kept.at(-1)?.of ?? spans[0];
  return last === undefined ? [] : [...lineOf(kept), partOf(last, '...'.slice(0, columns))];
}

export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + widestWidth(text), 0);
}

function cellsOfSpans(spans: readonly Span[], columns: number): SpanCell[] {
  return spans.flatMap((of) => cellsOf(of.text, columns).map((cell) => ({ ...cell, of })));
}

/** Neighbours out of one span are one span again. */
function lineOf(cells: readonly SpanCell[]): Line {
  const line: { of: Span; text: string }[] = [];
  for (const { text, of } of cells) {
    const last = line.at(-1);
    if (last?.of === of) last.text += text;
    else line.push({ of, text });
  }
  return line.map(({ of, text }) => partOf(of, text));
}
