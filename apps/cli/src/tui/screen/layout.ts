import { displayWidth, splitGraphemes } from '../../terminal/width.js';
import type { Block, Control, Page } from './page.js';
import { type Line, type Span, span } from './span.js';
import { spansWidth, truncateSpans, wrapSpans } from './wrap-spans.js';

/** A page as rows of the screen, and where the focus is among them. */
export interface Layout {
  readonly lines: readonly Line[];
  /** The rows that what has the focus takes; undefined if nothing on the page has it. */
  readonly focused: { readonly top: number; readonly bottom: number } | undefined;
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

interface Options {
  readonly columns: number;
  /** The control that has the focus. */
  readonly focus: string | undefined;
}

interface Piece {
  readonly lines: readonly Line[];
  /** Which of the lines has the focus. */
  readonly focusedLine?: number;
  /** In that line. */
  readonly cursorColumn?: number;
}

const MARK_COLUMNS = 2;
const LONGEST_LABEL = 15;
/** What a field of text never gets narrower than. */
const FIELD_COLUMNS = 8;

/** Lays a page out, without knowing how much of it can be seen at once. */
export function layOut(page: Page, options: Options): Layout {
  const lines: Line[] = [];
  let focused: Layout['focused'];
  let cursor: Layout['cursor'];
  for (const block of page.blocks) {
    const piece = layOutBlock(block, options);
    if (piece.focusedLine !== undefined) {
      const row = lines.length + piece.focusedLine;
      focused = { top: row, bottom: lines.length + piece.lines.length - 1 };
      if (piece.cursorColumn !== undefined) cursor = { row, column: piece.cursorColumn };
    }
    lines.push(...piece.lines);
  }
  return { lines, focused, cursor };
}

function layOutBlock(block: Block, options: Options): Piece {
  const { columns } = options;
  switch (block.kind) {
    case 'gap':
      return { lines: [[]] };
    case 'heading':
      return { lines: [heading(block, columns)] };
    case 'text': {
      const indent = MARK_COLUMNS + (block.indent ?? 0);
      return {
        lines: wrapSpans(block.spans, columns - indent).map((line) => indented(line, indent)),
      };
    }
    case 'picture':
      return { lines: block.lines };
    case 'field':
      return layOutField(block, options);
    case 'buttons':
      return layOutButtons(block, options);
    case 'choice':
      return layOutChoice(block, options);
    case 'row':
      return layOutRow(block, options);
    default:
      return block satisfies never;
  }
}

function heading({ text, aside }: Extract<Block, { kind: 'heading' }>, columns: number): Line {
  const title = span(text, 'bold');
  const spans = aside === undefined ? [title] : [title, span('  '), span(aside, 'dim')];
  return indented(truncateSpans(spans, columns - MARK_COLUMNS), MARK_COLUMNS);
}

const indented = (line: Line, columns: number): Line => [span(' '.repeat(columns)), ...line];

const mark = (isFocused: boolean): Span => (isFocused ? span('> ', 'accent') : span('  '));

function layOutField(block: Extract<Block, { kind: 'field' }>, options: Options): Piece {
  const { control, value, isSecret, hint } = block;
  const isFocused = options.focus === control.id;
  const label = span(`${control.label.padEnd(LONGEST_LABEL)} `, isFocused ? 'bold' : 'plain');
  const start = MARK_COLUMNS + spansWidth([label]);
  const room = Math.max(FIELD_COLUMNS, options.columns - start - 1);
  const graphemes = splitGraphemes(
    isSecret === true ? '*'.repeat(graphemeCount(value.text)) : value.text,
  );
  const { shown, cursorColumn } = window(graphemes, value.cursor, room);
  const isEmpty = graphemes.length === 0;
  const content =
    isEmpty && hint !== undefined ? truncateSpans([span(hint, 'dim')], room) : [span(shown)];
  const rest = span('_'.repeat(Math.max(0, room - spansWidth(content))), 'dim');
  return {
    lines: [[mark(isFocused), label, ...content, rest]],
    ...(isFocused ? { focusedLine: 0, cursorColumn: start + cursorColumn } : {}),
  };
}

const graphemeCount = (text: string): number => splitGraphemes(text).length;

/** The part of a long text around the cursor. */
function window(
  graphemes: readonly string[],
  cursor: number,
  room: number,
): { shown: string; cursorColumn: number } {
  const safe = (place: number): string => span(graphemes[place] ?? '').text;
  // From the cursor outwards, as far as there is room: the rest of it is not looked at.
  let from = cursor;
  let shown = '';
  while (from > 0) {
    const longer = safe(from - 1) + shown;
    if (displayWidth(longer) >= room) break;
    from -= 1;
    shown = longer;
  }
  const cursorColumn = displayWidth(shown);
  for (let to = cursor; to < graphemes.length; to += 1) {
    const longer = shown + safe(to);
    if (displayWidth(longer) > room) break;
    shown = longer;
  }
  return { shown, cursorColumn };
}

function button({ id, label }: Control, focus: string | undefined): Span {
  return id === focus ? span(`[>${label}<]`, 'inverse') : span(`[ ${label} ]`);
}

function layOutButtons(
  { controls, indent = 0 }: Extract<Block, { kind: 'buttons' }>,
  { columns, focus }: Options,
): Piece {
  const start = MARK_COLUMNS + indent;
  const lines: Span[][] = [[]];
  let focusedLine: number | undefined;
  for (const control of controls) {
    const drawn = button(control, focus);
    const last = lines.at(-1) ?? [];
    const isFull = last.length > 0 && start + spansWidth(last) + 1 + spansWidth([drawn]) > columns;
    if (isFull) lines.push([drawn]);
    else last.push(...(last.length > 0 ? [span(' ')] : []), drawn);
    if (control.id === focus) focusedLine = lines.length - 1;
  }
  return {
    lines: lines.map((line) => indented(truncateSpans(line, columns - start), start)),
    ...(focusedLine === undefined ? {} : { focusedLine }),
  };
}

function layOutChoice(
  { control, isChosen, isOneOfMany, note }: Extract<Block, { kind: 'choice' }>,
  { columns, focus }: Options,
): Piece {
  const isFocused = control.id === focus;
  const [open, close] = isOneOfMany ? ['(', ')'] : ['[', ']'];
  const sign = isChosen ? (isOneOfMany ? '*' : 'x') : ' ';
  const spans = [
    mark(isFocused),
    span(`${open}${sign}${close} `, isChosen ? 'accent' : 'plain'),
    span(control.label, isFocused ? 'inverse' : 'plain'),
    ...(note === undefined ? [] : [span(`  ${note}`, 'dim')]),
  ];
  return { lines: [truncateSpans(spans, columns)], ...(isFocused ? { focusedLine: 0 } : {}) };
}

function layOutRow(
  { control, aside = [] }: Extract<Block, { kind: 'row' }>,
  { columns, focus }: Options,
): Piece {
  const isFocused = control.id === focus;
  const width = Math.max(FIELD_COLUMNS, columns - MARK_COLUMNS - spansWidth(aside) - 2);
  const name = truncateSpans([span(control.label, isFocused ? 'inverse' : 'bold')], width);
  const gap = span(' '.repeat(Math.max(2, width - spansWidth(name) + 2)));
  const line = truncateSpans([mark(isFocused), ...name, gap, ...aside], columns);
  return { lines: [line], ...(isFocused ? { focusedLine: 0 } : {}) };
}
