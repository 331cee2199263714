import { splitGraphemes } from '../../../terminal/width.js';

/** What a reader takes for one character, or a long paste that is shown folded and moved over at once. */
export type Atom = string | Fold;

export interface Fold {
  readonly text: string;
}

/** A text being written, and the cursor: before the atom of this index. Changed by the functions here only. */
export interface Writing {
  readonly atoms: readonly Atom[];
  readonly cursor: number;
}

export const EMPTY_WRITING: Writing = { atoms: [], cursor: 0 };

export function writingOf(text: string): Writing {
  return insertPaste(EMPTY_WRITING, text);
}

export function textOf({ atoms }: Writing): string {
  return atoms.map((atom) => (typeof atom === 'string' ? atom : atom.text)).join('');
}

export function isEmpty({ atoms }: Writing): boolean {
  return atoms.length === 0;
}

/** Whether what stands there, if anything does, is for the other person: a slash begins a command. */
export function isText({ atoms: [first] }: Writing): boolean {
  if (first === undefined) return false;
  return !(typeof first === 'string' ? first : first.text).startsWith('/');
}

/** Types a text at the cursor. What belongs to the characters around it joins them. */
export function insert({ atoms, cursor }: Writing, text: string): Writing {
  const before = joinable(atoms[cursor - 1]);
  const after = joinable(atoms[cursor]);
  const parts = splitGraphemes(before + text + after);
  const from = before === '' ? cursor : cursor - 1;
  const to = after === '' ? cursor : cursor + 1;
  const end = before.length + text.length;
  let length = 0;
  let count = 0;
  while (length < end) {
    length += parts[count]?.length ?? end;
    count += 1;
  }
  return { atoms: [...atoms.slice(0, from), ...parts, ...atoms.slice(to)], cursor: from + count };
}

const MAX_UNFOLDED_CHARACTERS = 2_000;
const MAX_UNFOLDED_LINES = 12;
/** Above this a key would be felt. */
const MAX_ATOMS = 16_000;

/** Puts a text in at the cursor, folded if it is long: nothing of it is looked at more than once then. */
export function insertPaste(writing: Writing, pasted: string): Writing {
  const text = withLineFeeds(pasted).toWellFormed();
  if (text === '') return writing;
  const { atoms, cursor } = writing;
  const before = atoms[cursor - 1];
  // A terminal without bracketed paste sends a long one in pieces.
  const isMore = typeof before === 'object' && text.length > MAX_UNFOLDED_CHARACTERS / 2;
  if (isMore) {
    const fold = { text: before.text + text };
    return { atoms: atoms.with(cursor - 1, fold), cursor };
  }
  const isLong =
    text.length > MAX_UNFOLDED_CHARACTERS ||
    text.length + atoms.length > MAX_ATOMS ||
    countLines(text) > MAX_UNFOLDED_LINES;
  if (!isLong) return insert(writing, text);
  return {
    atoms: [...atoms.slice(0, cursor), { text }, ...atoms.slice(cursor)],
    cursor: cursor + 1,
  };
}

export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** The writing without the atoms between two places; the cursor is left where they were. */
export function removeBetween({ atoms }: Writing, from: number, to: number): Writing {
  return { atoms: [...atoms.slice(0, from), ...atoms.slice(to)], cursor: from };
}

/** Terminals send a carriage return for each line break of a paste. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/gu, '\n') : text;
}

function joinable(atom: Atom | undefined): string {
  return typeof atom === 'string' && atom !== '\n' ? atom : '';
}
