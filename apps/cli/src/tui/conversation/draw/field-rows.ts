import { type ComposerLayout, layOutComposer } from '../composer/composer-rows.js';
import type { Writing } from '../composer/writing.js';

/** A field as it is seen: as many rows around the cursor as there is room for. */
export interface Field {
  readonly rows: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number };
}

const PROMPT = '> ';

/** Columns of a field for its text, in a window of this width. */
export function fieldWidth(width: number): number {
  return Math.max(2, width - PROMPT.length - 1);
}

export function fieldRows(writing: Writing, width: number, maxRows: number): Field {
  const layout = layOutComposer(writing, fieldWidth(width));
  const from = firstRow(layout, maxRows);
  const rows = layout.rows
    .slice(from, from + maxRows)
    .map(({ text }, at) => (from + at === 0 ? PROMPT : ' '.repeat(PROMPT.length)) + text);
  return { rows, cursor: { x: PROMPT.length + layout.column, y: layout.row - from } };
}

function firstRow({ rows, row }: ComposerLayout, maxRows: number): number {
  if (rows.length <= maxRows) return 0;
  return Math.min(Math.max(0, row - Math.floor(maxRows / 2)), rows.length - maxRows);
}
