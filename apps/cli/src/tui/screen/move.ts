import { controlsOf, type Page } from './page.js';

/** Where Tab and the arrows lead to. Undefined: past the end of the page. */
export type Direction = 'next' | 'previous' | 'up' | 'down' | 'left' | 'right';

/**
 * The control in focus, which is the first one until another was moved to. When it goes away, none is:
 * another one in its place would take the key that was meant for it.
 */
export function focusedControl(page: Page, focus: string | undefined): string | undefined {
  const ids = controlsOf(page).flatMap((row) => row.map(({ id }) => id));
  if (focus === undefined) return page.startsUnfocused === true ? undefined : ids[0];
  return ids.includes(focus) ? focus : undefined;
}

export function neighbour(
  page: Page,
  focus: string | undefined,
  to: Direction,
): string | undefined {
  const rows = controlsOf(page).map((row) => row.map(({ id }) => id));
  const current = focusedControl(page, focus);
  if (current === undefined) {
    return to === 'previous' || to === 'up' ? rows.at(-1)?.at(-1) : rows[0]?.[0];
  }
  const row = rows.findIndex((ids) => ids.includes(current));
  const column = rows[row]?.indexOf(current) ?? 0;
  switch (to) {
    case 'next':
    case 'previous': {
      const all = rows.flat();
      return all[all.indexOf(current) + (to === 'next' ? 1 : -1)];
    }
    case 'up':
    case 'down': {
      const other = rows[row + (to === 'down' ? 1 : -1)];
      return other?.[Math.min(column, other.length - 1)];
    }
    case 'left':
      return rows[row]?.[column - 1];
    case 'right':
      return rows[row]?.[column + 1];
    default:
      return to satisfies never;
  }
}

export function lastControl(page: Page): string | undefined {
  return controlsOf(page).at(-1)?.at(-1)?.id;
}
