import xterm from '@xterm/headless';
import { asyncProperty, assert } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLine } from '../src/terminal/escape.js';
import { displayWidth, splitGraphemes, widestGraphemeWidth } from '../src/terminal/width.js';
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
          const widths = splitGraphemes(row).map(widestGraphemeWidth);
          const { x, y } = await draw(`first\r\n${row}`);
          expect(y, JSON.stringify(row)).toBe(1);
          expect(x).toBeLessThanOrEqual(widths.reduce((sum, width) => sum + width, 0));
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
