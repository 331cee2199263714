import { describe, expect, it } from 'vitest';
import { helpBlocks } from '../../src/tui/pages/help-blocks.js';
import { layOut } from '../../src/tui/screen/layout.js';
import type { Page } from '../../src/tui/screen/page.js';
import { type Line, span } from '../../src/tui/screen/span.js';
import { viewportOf } from '../../src/tui/screen/viewport.js';
import { truncateSpans, wrapSpans } from '../../src/tui/screen/wrap-spans.js';
import { fieldWith, moveCursor } from '../../src/tui/state/text-field.js';
import { displayWidth } from '../../src/terminal/width.js';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

describe('wrapping', () => {
  it('breaks at spaces, and words that are too long', () => {
    const lines = wrapSpans([span('one two three '), span('abcdefghijklmnop', 'bold')], 10);
    expect(lines.map(textOf)).toEqual(['one two ', 'three ', 'abcdefghij', 'klmnop']);
    expect(lines[2]?.[0]?.tone).toBe('bold');
  });

  it('counts wide characters as two columns', () => {
    for (const line of wrapSpans([span('漢字かな漢字かな 👩‍👩‍👧👩‍👩‍👧')], 6)) {
      expect(displayWidth(textOf(line))).toBeLessThanOrEqual(6);
    }
  });

  it('shortens to the width there is', () => {
    expect(textOf(truncateSpans([span('abc'), span('defgh')], 6))).toBe('abc...');
    expect(textOf(truncateSpans([span('abc')], 3))).toBe('abc');
    expect(textOf(truncateSpans([span('abcdef')], 2))).toBe('..');
  });
});

const PAGE_CONTROL = { id: 'long', label: 'Name' };
const PAGE: Page = {
  title: 'A page',
  blocks: [
    { kind: 'heading', text: 'Title', aside: 'aside' },
    { kind: 'text', spans: [span('some words that need two lines here')] },
    { kind: 'field', control: { id: 'name', label: 'Name' }, value: fieldWith('abcdefghijk') },
    {
      kind: 'field',
      isSecret: true,
      control: { id: 'password', label: 'Password' },
      value: fieldWith('pass'),
    },
    {
      kind: 'choice',
      isOneOfMany: true,
      isChosen: true,
      control: { id: 'one', label: 'One' },
      note: 'first',
    },
    {
      kind: 'buttons',
      controls: [
        { id: 'go', label: 'Go' },
        { id: 'stay', label: 'Stay where you are' },
        { id: 'leave', label: 'Leave' },
      ],
    },
    { kind: 'row', control: { id: 'row', label: 'Ada' }, aside: [span('online')] },
  ],
};

describe('a page', () => {
  it('is laid out to the columns there are, with the focus marked in words', () => {
    const { lines, focused } = layOut(PAGE, { columns: 32, focus: 'stay' });
    expect(lines.map(textOf)).toMatchInlineSnapshot(`
      [
        "  Title  aside",
        "  some words that need two lines",
        "  here",
        "  Name            abcdefghijk__",
        "  Password        ****_________",
        "  (*) One  first",
        "  [ Go ] [>Stay where you are<]",
        "  [ Leave ]",
        "  Ada                     online",
      ]
    `);
    expect(focused).toEqual({ top: 6, bottom: 7 });
  });

  it('keeps the cursor of a long text in sight', () => {
    const { cursor, lines } = layOut(PAGE, { columns: 28, focus: 'name' });
    expect(textOf(lines[3] ?? [])).toBe('> Name            defghijk_');
    expect(cursor).toEqual({ row: 3, column: 26 });
  });

  it('is drawn in no more time for a long text than for the part of it that is seen', () => {
    // From the beginning, this took a minute: each character was measured for each before it.
    const value = fieldWith('é'.repeat(30_000));
    const page: Page = { title: '', blocks: [{ kind: 'field', value, control: PAGE_CONTROL }] };
    const before = process.cpuUsage();
    const { cursor } = layOut(page, { columns: 40, focus: PAGE_CONTROL.id });
    const { user, system } = process.cpuUsage(before);
    expect(cursor?.column).toBe(38);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it('shows what stands around a cursor in the middle', () => {
    const value = moveCursor(fieldWith('0123456789'.repeat(4)), -20);
    const page: Page = { title: '', blocks: [{ kind: 'field', value, control: PAGE_CONTROL }] };
    const { cursor, lines } = layOut(page, { columns: 30, focus: PAGE_CONTROL.id });
    expect(textOf(lines[0] ?? [])).toBe('> Name            01234567890');
    expect(cursor).toEqual({ row: 0, column: 28 });
  });

  it.each([20, 28, 40, 80])('never goes beyond %i columns', (columns) => {
    for (const line of layOut(PAGE, { columns, focus: 'name' }).lines) {
      expect(displayWidth(textOf(line))).toBeLessThanOrEqual(Math.max(columns, 27));
    }
  });

  it('is scrolled so that the focus is seen, or to where the person went', () => {
    const layout = layOut(PAGE, { columns: 32, focus: 'row' });
    expect(viewportOf(layout, 4, undefined)).toMatchObject({ top: 5, above: 5, below: 0 });
    expect(viewportOf(layout, 4, 1)).toMatchObject({ top: 1, below: 4 });
    expect(viewportOf(layout, 4, 99).top).toBe(5);
    expect(viewportOf(layout, 20, 3).top).toBe(0);
  });
});

it('has help of one line for each key, on the narrowest screen too', () => {
  const lines = layOut(
    { title: 'Help', blocks: helpBlocks() },
    { columns: 60, focus: undefined },
  ).lines;
  expect(lines).toHaveLength(helpBlocks().length);
});
