import { formatBytes } from '../../../file/amounts.js';
import { escapeText } from '../../../terminal/escape.js';
import { truncate } from '../../../terminal/truncate.js';
import { displayWidth, widestWidth } from '../../../terminal/width.js';
import { type Atom, type Writing, countLines, type Fold } from './writing.js';

/** A row of the text being written: its atoms from `start` up to `end`. */
interface ComposerRow {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface ComposerLayout {
  readonly rows: readonly ComposerRow[];
  /** Where the cursor stands, in rows and in columns of the terminal. */
  readonly row: number;
  readonly column: number;
}

/** Wraps the text at spaces where it can. A column stays free for the cursor behind the last character. */
export function layOutComposer(writing: Writing, width: number): ComposerLayout {
  const { atoms, cursor } = writing;
  const room = Math.max(1, width - 1);
  const rows = rowsOf(atoms, room);
  const row = Math.max(
    0,
    rows.findLastIndex(({ start }) => start <= cursor),
  );
  return { rows, row, column: Math.min(room, columnOf(writing, rows[row])) };
}

/** The writing with its cursor a row up or down, as near as possible below or above where it is. */
export function moveByRow(writing: Writing, width: number, rows: -1 | 1): Writing | undefined {
  const layout = layOutComposer(writing, width);
  const target = layout.rows[layout.row + rows];
  if (target === undefined) return undefined;
  const isLast = layout.row + rows === layout.rows.length - 1;
  const isBroken = writing.atoms[target.end] === '\n';
  // Behind the last atom of a row that was only wrapped is the beginning of the next.
  const end = isLast || isBroken ? target.end : Math.max(target.start, target.end - 1);
  let cursor = target.start;
  while (cursor < end) {
    const next = columnOf({ atoms: writing.atoms, cursor: cursor + 1 }, target);
    if (next > layout.column) break;
    cursor += 1;
  }
  return { atoms: writing.atoms, cursor };
}

function rowsOf(atoms: readonly Atom[], room: number): ComposerRow[] {
  const rows: ComposerRow[] = [];
  let start = 0;
  let width = 0;
  let lastSpace = -1;
  const finish = (end: number): void => {
    // What stands for a paste may be wider than the window alone.
    rows.push({ start, end, text: truncate(atoms.slice(start, end).map(shown).join(''), room) });
    lastSpace = -1;
  };
  for (const [at, atom] of atoms.entries()) {
    if (atom === '\n') {
      finish(at);
      [start, width] = [at + 1, 0];
      continue;
    }
    const own = widthOf(atom);
    if (width + own > room && at > start) {
      const end = lastSpace > start && atom !== ' ' ? lastSpace + 1 : at;
      finish(end);
      start = end;
      width = atoms.slice(start, at).reduce((sum: number, part) => sum + widthOf(part), 0);
    }
    if (atom === ' ') lastSpace = at;
    width += own;
  }
  finish(atoms.length);
  return rows;
}

function columnOf({ atoms, cursor }: Writing, row: ComposerRow | undefined): number {
  if (row === undefined) return 0;
  return displayWidth(atoms.slice(row.start, Math.min(cursor, row.end)).map(shown).join(''));
}

/** An atom as it is drawn. One's own text, too, may hold what a terminal would act on. */
function shown(atom: Atom): string {
  return typeof atom === 'string' ? (isPlain(atom) ? atom : escapeText(atom)) : describeFold(atom);
}

function widthOf(atom: Atom): number {
  return typeof atom === 'string' && isPlain(atom) ? 1 : widestWidth(shown(atom));
}

function isPlain(atom: string): boolean {
  return atom.length === 1 && atom >= ' ' && atom <= '~';
}

const described = new WeakMap<Fold, string>();

/** What stands for a long paste: `[pasted 1.0 MB, 12,000 lines]`. */
export function describeFold(fold: Fold): string {
  const known = described.get(fold);
  if (known !== undefined) return known;
  const lines = countLines(fold.text);
  const amount = formatBytes(Buffer.byteLength(fold.text));
  const words = `[pasted ${amount}, ${lines === 1 ? '1 line' : `${lines.toLocaleString('en')} lines`}]`;
  described.set(fold, words);
  return words;
}
