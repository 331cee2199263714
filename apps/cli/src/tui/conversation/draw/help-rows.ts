import { truncate } from '../../../terminal/truncate.js';
import { HELP } from '../screen/help.js';
import type { Paint } from './paint.js';

/** The help from a row on; where not all of it fits, its last row says how to see the rest. */
export function helpRows(from: number, { style, width, height }: Paint): string[] {
  const column = Math.max(...HELP.map(([left]) => left.length));
  const room = Math.max(3, width - column - 5);
  const start = Math.max(0, Math.min(from, HELP.length - height));
  const rows = HELP.slice(start, start + height).map(
    ([left, right]) => `${style.bold(left.padEnd(column))}  ${truncate(right, room)}`,
  );
  const isCut = start + height < HELP.length;
  return isCut ? [...rows.slice(0, -1), style.dim('more: Down, Page Down')] : rows;
}
