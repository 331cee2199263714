import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeFold,
  layOutComposer,
  moveByRow,
} from '../../../src/tui/conversation/composer/composer-rows.js';
import { type Edit, edit } from '../../../src/tui/conversation/composer/edit.js';
import {
  EMPTY_WRITING,
  insert,
  insertPaste,
  textOf,
  type Writing,
  writingOf,
} from '../../../src/tui/conversation/composer/writing.js';

const FAMILY = '👩‍👩‍👧‍👦';

function edited(text: string, ...edits: Edit[]): Writing {
  return edits.reduce(edit, writingOf(text));
}

/** The text with the cursor in it. */
function drawn({ atoms, cursor }: Writing): string {
  const parts = atoms.map((atom) => (typeof atom === 'string' ? atom : '[fold]'));
  return [...parts.slice(0, cursor), '|', ...parts.slice(cursor)].join('');
}

describe('writing', () => {
  it('moves over and deletes what a reader takes for one character', () => {
    expect(drawn(edited(`a${FAMILY}e\u0301`, 'left'))).toBe(`a${FAMILY}|e\u0301`);
    expect(drawn(edited(`a${FAMILY}`, 'delete left'))).toBe('a|');
    expect(drawn(edited('🇩🇪🇫🇷', 'delete left'))).toBe('🇩🇪|');
  });

  it('joins what is typed piece by piece', () => {
    const typed = Array.from(FAMILY).reduce(insert, EMPTY_WRITING);
    expect(typed).toEqual({ atoms: [FAMILY], cursor: 1 });
    expect(insert(insert(EMPTY_WRITING, 'e'), '\u0301').atoms).toHaveLength(1);
  });

  it('moves and deletes by words, and by lines', () => {
    expect(drawn(edited('one two, three', 'word left', 'word left'))).toBe('one |two, three');
    expect(drawn(edited('one two', 'delete word left'))).toBe('one |');
    expect(drawn(edited('one\ntwo', 'line start'))).toBe('one\n|two');
    expect(drawn(edited('one\ntwo', 'text start', 'line end'))).toBe('one|\ntwo');
    expect(drawn(edited('one\ntwo', 'delete to line start'))).toBe('one\n|');
    expect(drawn(edited('one two', 'text start', 'word right', 'delete to line end'))).toBe('one|');
  });

  it('is the text that was typed, wherever it was typed', () => {
    const moves = constantFrom<Edit>('left', 'right', 'word left', 'word right', 'line end');
    assert(
      property(array(string({ unit: 'grapheme' })), array(moves), (texts, edits) => {
        let writing = EMPTY_WRITING;
        for (const [index, text] of texts.entries()) {
          const before = textOf({ atoms: writing.atoms.slice(0, writing.cursor), cursor: 0 });
          const after = textOf({ atoms: writing.atoms.slice(writing.cursor), cursor: 0 });
          writing = insert(writing, text);
          expect(textOf(writing)).toBe(before + text + after);
          writing = edit(writing, edits[index] ?? 'text end');
        }
      }),
      { seed: 20_261_126 },
    );
  });
});

describe('a long paste', () => {
  const megabyte = `${'x'.repeat(82)}\n`.repeat(12_048);

  it('is one thing to move over and to delete, said in words, and kept as it is', () => {
    const writing = insertPaste(writingOf('see '), megabyte);
    expect(writing.atoms).toHaveLength(5);
    expect(layOutComposer(writing, 60).rows[0]?.text).toBe('see [pasted 1.0 MB, 12,049 lines]');
    expect(textOf(writing)).toBe(`see ${megabyte}`);
    expect(drawn(edit(writing, 'delete left'))).toBe('see |');
  });

  it('has the line breaks of terminals', () => {
    expect(textOf(insertPaste(EMPTY_WRITING, 'a\r\nb\rc'))).toBe('a\nb\nc');
  });

  it('may come in pieces', () => {
    let writing = EMPTY_WRITING;
    for (let at = 0; at < megabyte.length; at += 4_096) {
      writing = insertPaste(writing, megabyte.slice(at, at + 4_096));
    }
    expect(textOf(writing)).toBe(megabyte);
    expect(writing.atoms.length).toBeLessThan(1_000);
  });

  it('of one line says so', () => {
    expect(describeFold({ text: 'x'.repeat(3_000) })).toBe('[pasted 3.0 kB, 1 line]');
  });
});

describe('the rows of what is written', () => {
  it('break at spaces, and leave a column for the cursor', () => {
    const { rows, row, column } = layOutComposer(writingOf('one two three'), 9);
    expect(rows.map(({ text }) => text)).toEqual(['one two ', 'three']);
    expect({ row, column }).toEqual({ row: 1, column: 5 });
  });

  it('count columns, not characters', () => {
    const { rows, column } = layOutComposer(writingOf('漢字漢字漢字'), 9);
    expect(rows.map(({ text }) => text)).toEqual(['漢字漢字', '漢字']);
    expect(column).toBe(4);
  });

  it('show what a terminal would act on by its number', () => {
    const { rows, column } = layOutComposer(writingOf('\u001b[2J'), 40);
    expect(rows[0]?.text).toBe('<U+001B>[2J');
    expect(column).toBe(11);
  });

  it('are moved through by arrows, in the same column', () => {
    const writing = writingOf('abcdef\nab\nabcdef');
    const up = moveByRow(writing, 20, -1);
    expect(up && drawn(up)).toBe('abcdef\nab|\nabcdef');
    const twice = up && moveByRow(up, 20, -1);
    expect(twice && drawn(twice)).toBe('ab|cdef\nab\nabcdef');
    expect(twice && moveByRow(twice, 20, -1)).toBeUndefined();
  });
});
