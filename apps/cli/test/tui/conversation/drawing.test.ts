import { describe, expect, it } from 'vitest';
import { widestWidth } from '../../../src/terminal/width.js';
import { insertPaste, writingOf } from '../../../src/tui/conversation/composer/writing.js';
import { NO_DRAFT, type ScreenState } from '../../../src/tui/conversation/screen/screen-state.js';
import { DrawnConversation } from './drawn-conversation.js';
import { contactNamed, message, ScriptedClient } from './scripted-client.js';

// All that is wider on some terminals than on others, and letters that join without an end.
const PIECES = [
  '漢字 👩‍👩‍👧‍👦👩‍👩‍👧‍👦 a\u0301 שלום ䷀䷁〈〉 \u0600\u0600 🇩🇪 ',
  'क\u094d'.repeat(30),
  ' a-word-that-is-longer-than-any-row-of-this-window ',
];
const LONG = PIECES.join('').repeat(6);
// A piece that is found begins with what is hidden in the whole, and is shown as its number there.
const SNIPPET = `${'क\u200d'.repeat(5)}${PIECES.join('')}`;
const FOUND = {
  id: 'm0',
  contact: 'gravy1ada',
  at: 0,
  snippet: SNIPPET,
  highlights: [1, 3, 5, 7].map((at) => [at, at + 1] as const),
};

const STATES: readonly (readonly [string, Partial<ScreenState>])[] = [
  ['reading', {}],
  ['in the log', { part: 'log', selected: 1 }],
  ['at the buttons', { part: 'actions', actionIndex: 4 }],
  ['after an error', { problem: LONG }],
  ['with help', { panel: { kind: 'help', from: 0 } }],
  ['attaching', { panel: { kind: 'attach', path: writingOf(LONG) } }],
  ['searching', { panel: { kind: 'search', query: writingOf('a'), result: undefined, index: 0 } }],
  ...[SNIPPET, SNIPPET.slice(0, 30), LONG].map((snippet, at): [string, Partial<ScreenState>] => [
    `with what was found ${at + 1}`,
    {
      panel: {
        kind: 'search',
        query: writingOf('a'),
        result: { matches: [{ ...FOUND, snippet }], total: 1 } as never,
        index: 0,
      },
    },
  ]),
  ['replying', { draft: { ...NO_DRAFT, replyTo: 'm0' } }],
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
      const widest = Math.max(...rows.map(widestWidth));
      expect(widest, `${width} x ${height}: ${rows.join('\n')}`).toBeLessThanOrEqual(width);
      expect(cursor?.y ?? 0).toBeLessThan(height);
      expect(cursor?.x ?? 0).toBeLessThan(width);
    }
  });
});
