import { endOf, type Log } from './log.js';

/** A row of a log: of the entry at this place, counted from its first. */
interface Position {
  readonly place: number;
  readonly row: number;
}

/** What the rows that are seen are held by: the newest message, or the row that stands at the top. */
export type Anchor =
  | { readonly kind: 'end' }
  | { readonly kind: 'top'; readonly position: Position };

export const AT_END: Anchor = { kind: 'end' };

/** Lays an entry out. Asked only for entries that are seen, or passed by. */
type RowsAt = (place: number) => readonly string[];

/** A log as it is looked at. */
export interface Sight {
  readonly log: Log;
  readonly rowsAt: RowsAt;
  readonly height: number;
}

export interface View {
  readonly rows: readonly string[];
  readonly top: Position;
  /** The last place of which anything is seen. */
  readonly lastPlace: number;
  readonly isAtEnd: boolean;
}

/** What is seen: at most `height` rows, whatever the log holds. */
export function look(sight: Sight, anchor: Anchor): View {
  if (anchor.kind === 'end') return lookAtEnd(sight);
  const { log, rowsAt, height } = sight;
  const top = clamp(sight, anchor.position);
  const rows: string[] = [];
  let { place, row } = top;
  let lastPlace = place;
  while (place < endOf(log) && rows.length < height) {
    const all = rowsAt(place);
    const seen = all.slice(row, row + height - rows.length);
    rows.push(...seen);
    lastPlace = place;
    if (row + seen.length < all.length) break;
    place += 1;
    row = 0;
  }
  if (place === endOf(log)) return lookAtEnd(sight);
  return { rows, top, lastPlace, isAtEnd: false };
}

function lookAtEnd(sight: Sight): View {
  const end = { place: endOf(sight.log), row: 0 };
  const top = stepUp(sight, end, sight.height);
  const rows: string[] = [];
  for (let { place } = top; place < end.place; place += 1) {
    rows.push(...sight.rowsAt(place).slice(place === top.place ? top.row : 0));
  }
  return { rows, top, lastPlace: end.place - 1, isAtEnd: true };
}

/** The anchor so many rows further down, or up where `rows` is negative. */
export function scroll(sight: Sight, anchor: Anchor, rows: number): Anchor {
  const { top, isAtEnd } = look(sight, anchor);
  if (rows < 0) {
    const position = stepUp(sight, top, -rows);
    return position.place === top.place && position.row === top.row && isAtEnd
      ? AT_END
      : { kind: 'top', position };
  }
  if (isAtEnd) return AT_END;
  return settle(sight, { kind: 'top', position: stepDown(sight, top, rows) });
}

/** The anchor that shows the entry at a place, whole if it fits, and moves no further than it must. */
export function reveal(sight: Sight, anchor: Anchor, place: number): Anchor {
  const view = look(sight, anchor);
  const isBelowTop = place > view.top.place || (place === view.top.place && view.top.row === 0);
  if (!isBelowTop) return { kind: 'top', position: { place, row: 0 } };
  const lowest = stepUp(sight, { place: place + 1, row: 0 }, sight.height);
  const isTooHigh =
    lowest.place < view.top.place ||
    (lowest.place === view.top.place && lowest.row <= view.top.row);
  if (isTooHigh) return anchor;
  // Of an entry higher than the window its beginning is shown.
  const position = lowest.place === place ? { place, row: 0 } : lowest;
  return settle(sight, { kind: 'top', position });
}

/** Whether nothing stands above what is seen. */
export function isAtStart({ log }: Sight, { top }: View): boolean {
  return top.place === log.first && top.row === 0;
}

/** Where everything down to the end is seen, new entries shall be seen, too. */
function settle(sight: Sight, anchor: Anchor): Anchor {
  return look(sight, anchor).isAtEnd ? AT_END : anchor;
}

function stepUp({ log, rowsAt }: Sight, from: Position, rows: number): Position {
  let { place, row } = from;
  let left = rows;
  while (left > row) {
    if (place === log.first) return { place, row: 0 };
    left -= row;
    place -= 1;
    row = rowsAt(place).length;
  }
  return { place, row: row - left };
}

function stepDown({ log, rowsAt }: Sight, from: Position, rows: number): Position {
  let { place, row } = from;
  let left = rows;
  while (place < endOf(log) && left >= rowsAt(place).length - row) {
    left -= rowsAt(place).length - row;
    place += 1;
    row = 0;
  }
  return { place, row: row + left };
}

/** Rows may have become fewer since, and entries may be gone. */
function clamp({ log, rowsAt }: Sight, { place, row }: Position): Position {
  if (place < log.first) return { place: log.first, row: 0 };
  const at = Math.max(log.first, Math.min(place, endOf(log) - 1));
  const lastRow = Math.max(0, rowsAt(at).length - 1);
  return { place: at, row: at === place ? Math.min(row, lastRow) : lastRow };
}
