import type { Size, State } from '../state/state.js';

/** Below this, one column at a time. */
const TWO_COLUMNS_FROM = 80;
const SIDEBAR_COLUMNS = 24;
const WIDE_SIDEBAR_COLUMNS = 30;
const WIDE_FROM = 110;
/** The line between the two. */
const RULE_COLUMNS = 1;
/** The title of the page, and the rule below it. */
export const TITLE_ROWS = 2;
const KEYS_ROWS = 1;

/** Who gets how much of the screen; a part that is not shown has no columns. */
export interface Frame {
  readonly sidebarColumns: number;
  readonly ruleColumns: number;
  readonly pageColumns: number;
  /** Of the sidebar, and of a conversation. */
  readonly bodyRows: number;
  /** Of a page, below its title. */
  readonly pageRows: number;
}

export function frameOf({ size, stage, overlay, focus }: State): Frame {
  const bodyRows = Math.max(1, size.rows - KEYS_ROWS);
  const alone = {
    sidebarColumns: 0,
    ruleColumns: 0,
    pageColumns: size.columns,
    bodyRows,
    pageRows: Math.max(1, bodyRows - TITLE_ROWS),
  };
  if (stage.kind === 'start' || overlay !== undefined) return alone;
  if (size.columns < TWO_COLUMNS_FROM) {
    return focus.area === 'page'
      ? alone
      : { ...alone, sidebarColumns: size.columns, pageColumns: 0 };
  }
  const sidebarColumns = sidebarWidth(size);
  return {
    ...alone,
    sidebarColumns,
    ruleColumns: RULE_COLUMNS,
    pageColumns: size.columns - sidebarColumns - RULE_COLUMNS,
  };
}

const sidebarWidth = ({ columns }: Size): number =>
  columns >= WIDE_FROM ? WIDE_SIDEBAR_COLUMNS : SIDEBAR_COLUMNS;
