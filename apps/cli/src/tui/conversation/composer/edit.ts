import { type Atom, type Writing, removeBetween } from './writing.js';

/** What a key does to the text, apart from typing. Up and down need to know how it is wrapped. */
export type Edit =
  | 'left'
  | 'right'
  | 'word left'
  | 'word right'
  | 'line start'
  | 'line end'
  | 'text start'
  | 'text end'
  | 'delete left'
  | 'delete right'
  | 'delete word left'
  | 'delete word right'
  | 'delete to line start'
  | 'delete to line end';

export function edit(writing: Writing, what: Edit): Writing {
  const { atoms, cursor } = writing;
  const to = (place: number): Writing => ({ atoms, cursor: place });
  switch (what) {
    case 'left':
      return to(Math.max(0, cursor - 1));
    case 'right':
      return to(Math.min(atoms.length, cursor + 1));
    case 'word left':
      return to(wordLeft(writing));
    case 'word right':
      return to(wordRight(writing));
    case 'line start':
      return to(lineStart(writing));
    case 'line end':
      return to(lineEnd(writing));
    case 'text start':
      return to(0);
    case 'text end':
      return to(atoms.length);
    case 'delete left':
      return removeBetween(writing, Math.max(0, cursor - 1), cursor);
    case 'delete right':
      return removeBetween(writing, cursor, Math.min(atoms.length, cursor + 1));
    case 'delete word left':
      return removeBetween(writing, wordLeft(writing), cursor);
    case 'delete word right':
      return removeBetween(writing, cursor, wordRight(writing));
    case 'delete to line start':
      return removeBetween(writing, lineStart(writing), cursor);
    case 'delete to line end':
      return removeBetween(writing, cursor, lineEnd(writing));
    default:
      return what satisfies never;
  }
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;

function isOfWord(atom: Atom | undefined): boolean {
  return typeof atom === 'object' || (typeof atom === 'string' && WORD.test(atom));
}

function wordLeft({ atoms, cursor }: Writing): number {
  let place = cursor;
  while (place > 0 && !isOfWord(atoms[place - 1])) place -= 1;
  while (place > 0 && isOfWord(atoms[place - 1])) place -= 1;
  return place;
}

function wordRight({ atoms, cursor }: Writing): number {
  let place = cursor;
  while (place < atoms.length && !isOfWord(atoms[place])) place += 1;
  while (place < atoms.length && isOfWord(atoms[place])) place += 1;
  return place;
}

function lineStart({ atoms, cursor }: Writing): number {
  return cursor === 0 ? 0 : atoms.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd({ atoms, cursor }: Writing): number {
  const end = atoms.indexOf('\n', cursor);
  return end === -1 ? atoms.length : end;
}
