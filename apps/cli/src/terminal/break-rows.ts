import type { Cell } from './cells.js';

/** Cuts what stands in one line into rows of at most `columns`, at spaces where it can. */
export function breakRows<Of extends Cell>(cells: readonly Of[], columns: number): Of[][] {
  const rows: Of[][] = [];
  let row: Of[] = [];
  let width = 0;
  for (const cell of cells) {
    if (width + cell.width > columns && row.length > 0) {
      const space = row.findLastIndex(({ text }) => text === ' ');
      const rest = cell.text !== ' ' && space > 0 ? row.splice(space + 1) : [];
      rows.push(row);
      row = rest;
      width = rest.reduce((sum, kept) => sum + kept.width, 0);
      if (cell.text === ' ' && row.length === 0) continue;
    }
    row.push(cell);
    width += cell.width;
  }
  return [...rows, row];
}
