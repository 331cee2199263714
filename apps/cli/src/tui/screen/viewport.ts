import type { Layout } from './layout.js';
import type { Line } from './span.js';

/** What can be seen of a page at once. */
export interface Viewport {
  readonly lines: readonly Line[];
  /** The first row of the page that is seen. */
  readonly top: number;
  readonly above: number;
  readonly below: number;
  readonly cursor: Layout['cursor'];
}

/**
 * The part of a page that is seen: from `scroll` on, or else so that what has the focus is among it,
 * with as much of the page's beginning as that leaves.
 */
export function viewportOf(layout: Layout, rows: number, scroll: number | undefined): Viewport {
  const { lines, focused, cursor } = layout;
  const last = Math.max(0, lines.length - rows);
  const follow = focused === undefined ? 0 : Math.max(0, focused.bottom + 2 - rows);
  const wanted = scroll ?? Math.min(follow, focused?.top ?? 0);
  const top = Math.max(0, Math.min(last, wanted));
  const isCursorSeen = cursor !== undefined && cursor.row >= top && cursor.row < top + rows;
  return {
    lines: lines.slice(top, top + rows),
    top,
    above: top,
    below: Math.max(0, lines.length - top - rows),
    cursor: isCursorSeen ? { row: cursor.row - top, column: cursor.column } : undefined,
  };
}
