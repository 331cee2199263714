import { describe, expect, it } from 'vitest';
import {
  EMPTY_FIELD,
  eraseAfter,
  eraseBefore,
  eraseToStart,
  eraseWord,
  fieldWith,
  insertText,
  MAX_FIELD_CHARACTERS,
  moveCursor,
} from '../../src/tui/state/text-field.js';

describe('a field of one line', () => {
  it('takes text where the cursor is', () => {
    const field = insertText(moveCursor(fieldWith('ad'), -1), 'b');
    expect(field).toEqual({ text: 'abd', cursor: 2 });
  });

  it('counts what a reader takes for one character', () => {
    const field = fieldWith('a👩‍👩‍👧é');
    expect(field.cursor).toBe(3);
    expect(eraseBefore(eraseBefore(field))).toEqual({ text: 'a', cursor: 1 });
    expect(eraseAfter(moveCursor(field, -2))).toEqual({ text: 'aé', cursor: 1 });
  });

  it('has no line breaks and no controls, whatever is pasted', () => {
    expect(insertText(EMPTY_FIELD, '\r\ngravy1abc\n').text).toBe('gravy1abc');
    expect(insertText(EMPTY_FIELD, 'two\nlines').text).toBe('two lines');
    expect(insertText(EMPTY_FIELD, '\u001b[31mred\u0007\u009b').text).toBe('[31mred');
  });

  it('has a limit, which holds however much is pasted, and cuts no character in half', () => {
    const full = insertText(EMPTY_FIELD, 'é'.repeat(30_000));
    expect(full.text).toHaveLength(MAX_FIELD_CHARACTERS);
    expect(insertText(full, 'more')).toEqual(full);
    const almost = insertText(EMPTY_FIELD, 'a'.repeat(MAX_FIELD_CHARACTERS - 1));
    expect(insertText(almost, '👩').text.isWellFormed()).toBe(true);
  });

  it('erases a word, and to the start', () => {
    expect(eraseWord(fieldWith('one two  '))).toEqual({ text: 'one ', cursor: 4 });
    expect(eraseWord(moveCursor(fieldWith('one two'), -1))).toEqual({ text: 'one o', cursor: 4 });
    expect(eraseToStart(moveCursor(fieldWith('abc'), -1))).toEqual({ text: 'c', cursor: 0 });
  });

  it('keeps the cursor inside', () => {
    expect(moveCursor(fieldWith('ab'), 5).cursor).toBe(2);
    expect(moveCursor(fieldWith('ab'), Number.NEGATIVE_INFINITY).cursor).toBe(0);
    expect(eraseBefore(EMPTY_FIELD)).toEqual(EMPTY_FIELD);
    expect(eraseAfter(fieldWith('a'))).toEqual(fieldWith('a'));
  });
});
