import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../src/chat/paragraph.js';
import { escapeText } from '../src/terminal/escape.js';
import { PLAIN, styleFor } from '../src/terminal/style.js';
import { formatPairs, formatTable, shortenId } from '../src/terminal/table.js';
import { truncate } from '../src/terminal/truncate.js';
import { displayWidth } from '../src/terminal/width.js';
import { wrap } from '../src/terminal/wrap.js';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['über', 4],
    ['e\u0301', 1],
    ['日本', 4],
    ['한국', 4],
    ['👍', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['שלום', 4],
  ])('%s takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('truncate', () => {
  it('keeps what fits', () => expect(truncate('Ada', 3)).toBe('Ada'));
  it('says that something is missing', () => expect(truncate('Ada Lovelace', 8)).toBe('Ada L...'));
  it('does not cut a wide character in half', () => expect(truncate('日本日本', 6)).toBe('日...'));
});

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });
  it('breaks long words', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
  it('keeps line breaks and empty lines', () => {
    expect(wrap('a\n\nb', 10)).toEqual(['a', '', 'b']);
  });
  it('never exceeds the columns, and loses nothing but spaces', () => {
    assert(
      property(
        string({ unit: 'grapheme' }).map(escapeText),
        integer({ min: 2, max: 40 }),
        (text, columns) => {
          const rows = wrap(text, columns);
          for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(columns);
          expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(/[ \n]/gu, ''));
        },
      ),
      { seed: 20_260_727 },
    );
  });
});

describe('layOut', () => {
  const lead = '09:12  ada: ';

  it('keeps what a peer writes away from the left edge', () => {
    const forged = `hello\n09:13  you: yes, pay it\n${' '.repeat(28)}09:14  you: really`;
    const rows = layOut({ lead, text: forged }, 60);
    expect(rows[0]).toBe('09:12  ada: hello');
    for (const row of rows.slice(1)) expect(row).toMatch(/^ {12}/u);
  });

  it('indents less where there is no room, and never fills the last column', () => {
    const rows = layOut({ lead, text: 'one two three four five six' }, 24);
    expect(rows[0]).toBe('09:12  ada:');
    for (const row of rows.slice(1)) expect(row).toMatch(/^ {2}\S/u);
    for (const row of rows) expect(displayWidth(row)).toBeLessThan(24);
  });

  it('adds the state behind the text, or below it where there is no room', () => {
    expect(layOut({ lead, text: 'hi', tail: '(delivered)' }, 60)).toEqual([
      '09:12  ada: hi  (delivered)',
    ]);
    expect(layOut({ lead, text: 'x'.repeat(40), tail: '(delivered)' }, 60)).toEqual([
      `09:12  ada: ${'x'.repeat(40)}`,
      `${' '.repeat(12)}(delivered)`,
    ]);
  });

  it('leaves lines to be copied whole', () => {
    expect(layOut({ lead: '', text: 'x'.repeat(200), isWhole: true }, 40)).toHaveLength(1);
  });
});

describe('tables', () => {
  it('align by columns of the terminal, without trailing spaces', () => {
    const rows = [
      ['ada', 'online'],
      ['日本', ''],
    ];
    expect(formatTable(['NAME', 'STATE'], rows, PLAIN)).toEqual([
      'NAME  STATE',
      'ada   online',
      '日本',
    ]);
  });
  it('put the values of pairs below each other', () => {
    expect(formatPairs([['Id', 'x'] as const, ['Account', 'ada'] as const], PLAIN)).toEqual([
      'Id       x',
      'Account  ada',
    ]);
  });
  it('shorten ids in the middle', () => {
    expect(shortenId(`gravy1${'q'.repeat(52)}abcdef`)).toBe('gravy1qqqqqq...abcdef');
    expect(shortenId('gravy1short')).toBe('gravy1short');
  });
});

describe('styleFor', () => {
  const tty = { isTTY: true };
  it('colours terminals alone', () => {
    expect(styleFor(tty, true, {}).bold('x')).toBe('\u001b[1mx\u001b[22m');
    expect(styleFor({}, true, {}).bold('x')).toBe('x');
  });
  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('obeys %j', (env) => {
    expect(styleFor(tty, true, env).bold('x')).toBe('x');
  });
  it('obeys --no-color', () => expect(styleFor(tty, false, {}).bold('x')).toBe('x'));
});
