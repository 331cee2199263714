import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import { asyncProperty, assert } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLine } from '../src/terminal/escape.js';
import { cellsOf } from '../src/terminal/cells.js';
import { displayWidth, widestWidth } from '../src/terminal/width.js';
import { wrap } from '../src/terminal/wrap.js';
import { hostileText } from './hostile-text.js';

const COLUMNS = 60;
const terminal = new xterm.Terminal({ cols: COLUMNS, rows: 4, allowProposedApi: true });

function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    terminal.write(text, resolve);
  });
}

/** Where the cursor stands after a text, and how many rows further down. */
async function draw(text: string): Promise<{ x: number; y: number }> {
  terminal.reset();
  await write(text);
  const { cursorX: x, cursorY: y } = terminal.buffer.active;
  return { x, y };
}

describe('the width of a text', () => {
  it.each([
    ['letters', 'Ada'],
    ['letters of two columns', 'こんにちは 漢字 한국어'],
    ['letters from right to left', 'שלום مرحبا'],
    ['a mark on a letter', 'e\u0301a\u0308'],
    ['what was escaped', escapeLine('\u001b[2J\u202e')],
  ])('is what a terminal takes for it: %s', async (_what, text) => {
    expect(await draw(text)).toEqual({ x: displayWidth(text), y: 0 });
  });

  // The emulator has an old table, in which emoji take one column: ours may be more, never less.
  it('is never less than what a terminal takes, and nothing else happens, whoever wrote it', async () => {
    let events = 0;
    const count = (): void => {
      events += 1;
    };
    const watched = [terminal.onTitleChange(count), terminal.onBell(count), terminal.onData(count)];
    await assert(
      asyncProperty(hostileText, async (text) => {
        for (const row of wrap(escapeLine(text), COLUMNS - 1)) {
          const { x, y } = await draw(`first\r\n${row}`);
          expect(y, JSON.stringify(row)).toBe(1);
          expect(x).toBeLessThanOrEqual(widestWidth(row));
          expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('first');
          expect(terminal.buffer.active.type).toBe('normal');
        }
      }),
      { seed: 20_261_126, numRuns: 150 },
    );
    for (const listener of watched) listener.dispose();
    expect(events).toBe(0);
  });
});

/** The columns that the tables of ICU give a text: Node's line editor goes by them. */
function widthsOfIcu(): (text: string) => number {
  const output = Object.assign(new PassThrough(), { columns: 1_000 });
  const editor = createInterface({ input: new PassThrough(), output, terminal: true, prompt: '' });
  return (text) => {
    Object.assign(editor, { line: text, cursor: text.length });
    return editor.getCursorPos().cols;
  };
}

function codePoints(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));
}

describe('the widest width', () => {
  it('is no less than what ICU says, of every character that is one', () => {
    const widthOf = widthsOfIcu();
    const tooNarrow: string[] = [];
    for (const character of codePoints(0x20, 0x10_ffff)) {
      // The line editor composes what it measures, which takes some characters apart.
      if (!/\p{Assigned}/u.test(character) || /[\p{Cs}\p{Co}]/u.test(character)) continue;
      if (character.normalize('NFC') !== character) continue;
      if (widestWidth(escapeLine(character)) < widthOf(character)) tooNarrow.push(character);
    }
    expect(tooNarrow.map(escapeLine)).toEqual([]);
  });

  it.each([
    ['signs before a number', ['\u0600', '\u0605'], 1],
    ['the end of a verse', ['\u06dd', '\u06dd'], 1],
    ['the Syriac sign of an abbreviation', ['\u070f', '\u070f'], 1],
    ['Arabic signs of money', ['\u0890', '\u0891'], 1],
    ['a disputed end of a verse', ['\u08e2', '\u08e2'], 1],
    ['Kaithi signs of a number', ['\u{110bd}', '\u{110bd}'], 1],
    ['Kaithi signs above a number', ['\u{110cd}', '\u{110cd}'], 1],
    ['angle brackets', ['\u2329', '\u232a'], 2],
    ['hexagrams, wide since Unicode 16', ['\u4dc0', '\u4dff'], 2],
    ['circled numbers on black squares, wide in C libraries', ['\u3248', '\u324f'], 2],
    ['vertical forms', ['\ufe10', '\ufe19'], 2],
    ['Tangut', ['\u{18d00}', '\u{18d08}'], 2],
    ['enclosed ideographs', ['\u{1f200}', '\u{1f202}'], 2],
    ['squared ideographs', ['\u{1f210}', '\u{1f265}'], 2],
    ['pictures without a selector', ['\u{1f324}', '\u{1f32c}'], 2],
    ['ideographs that are not assigned yet', ['\u{3fff0}', '\u{3fffd}'], 2],
    ['marks', ['\u0300', '\u0310'], 0],
  ] as const)('counts every one of %s', (_what, [first, last], width) => {
    const all = codePoints(first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0);
    expect(new Set(all.map(widestWidth))).toEqual(new Set([width]));
  });

  it.each([
    ['1\ufe0f\u20e3', 2],
    ['❤\ufe0f', 2],
    ['👩‍👩‍👧‍👦', 8],
    ['🇩🇪', 4],
    ['e\u0301', 1],
  ])('adds the parts of a joined sign: %s', (text, width) => {
    expect(widestWidth(text)).toBe(width);
  });
});

const ENDLESS = [
  ['joined emoji', '👩\u200d'],
  ['joined letters', 'क\u094d'],
  ['joined letters, with joiners', 'क\u094d\u200d'],
  ['beginnings of syllables', '\u1100'],
  ['ends of syllables', '\u11a8'],
  ['signs before a number', '\u0600'],
  ['signs before a key', '\u0600\u06001\ufe0f\u20e3'],
  ['marks', '\u0301'],
  ['marks and joiners', '\u094d\u200d'],
  ['flags', '🇩'],
] as const;
const MESSAGE_BYTES = 65_536;

describe.each(ENDLESS)('one grapheme as long as a message: %s', (_what, part) => {
  const text = escapeLine(part.repeat(MESSAGE_BYTES / Buffer.byteLength(part)));

  it.each([2, 59])('is wrapped to %i columns', async (columns) => {
    const rows = wrap(text, columns);
    expect(rows.join('')).toBe(text);
    expect(rows.filter((row) => widestWidth(row) > columns)).toEqual([]);
    expect((await draw(rows[0] ?? '')).y).toBe(0);
    // A few marks and joiners on a letter, not as many as the message has.
    expect(rows.filter((row) => row.length > 22 * columns)).toEqual([]);
  });
});

it('keeps the emoji that people send whole', () => {
  const emoji = ['👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇩🇪', '1\ufe0f\u20e3'];
  for (const sign of emoji) expect(cellsOf(sign, 80).map(({ text }) => text)).toEqual([sign]);
});
