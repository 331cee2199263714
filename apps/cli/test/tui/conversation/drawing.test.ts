import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/terminal/width.js';
import { insertPaste, writingOf } from '../../../src/tui/conversation/composer/writing.js';
import type { ScreenState } from '../../../src/tui/conversation/screen/screen-state.js';
import { DrawnConversation } from './drawn-conversation.js';
import { contactNamed, message, ScriptedClient } from './scripted-client.js';

const LONG = '漢字 👩‍👩‍👧‍👦 a\u0301 שלום a-word-that-is-longer-than-any-row-of-this-window '.repeat(6);

const STATES: readonly (readonly [string, Partial<ScreenState>])[] = [
  ['reading', {}],
  ['in the log', { part: 'log', selected: 1 }],
  ['at the buttons', { part: 'actions', actionIndex: 4 }],
  ['after an error', { problem: LONG }],
  ['with help', { panel: { kind: 'help', from: 0 } }],
  ['attaching', { panel: { kind: 'attach', path: writingOf(LONG) } }],
  ['searching', { panel: { kind: 'search', query: writingOf('a'), result: undefined, index: 0 } }],
  ['comparing', { panel: { kind: 'verify', number: '12345 '.repeat(12).trim(), verified: false } }],
];

describe('a window of any size', () => {
  it.each(STATES)('is filled, and never more: %s', async (_what, state) => {
    const messages = [
      message(0, { text: LONG }),
      message(1, { text: LONG, state: 'failed' }),
      message(2, { replyTo: 'm0' }),
    ];
    const client = new ScriptedClient(messages);
    const drawn = await new DrawnConversation(client, contactNamed(LONG)).start();
    drawn.screen.write(insertPaste(writingOf(LONG), 'x\n'.repeat(20)));
    drawn.screen.update(state);
    for (const [width, height] of [
      [100, 40],
      [60, 19],
      [55, 23],
      [30, 9],
      [24, 4],
      [24, 1],
    ] as const) {
      const { rows, cursor } = drawn.draw(width, height);
      expect(rows).toHaveLength(height);
      const widest = Math.max(...rows.map(displayWidth));
      expect(widest, `${width} x ${height}: ${rows.join('\n')}`).toBeLessThanOrEqual(width);
      expect(cursor?.y ?? 0).toBeLessThan(height);
      expect(cursor?.x ?? 0).toBeLessThan(width);
    }
  });
});
