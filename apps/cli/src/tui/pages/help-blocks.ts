import type { Block } from '../screen/page.js';
import { span } from '../screen/span.js';

/** Every key of the program. docs/guides/terminal.md has the same list. */
const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['Tab, Shift-Tab', 'to the next, to the one before'],
      ['Arrows', 'move; in the sidebar they choose what is shown'],
      ['Enter', 'press a button, choose, go into a page'],
      ['Esc', 'close what lies on top; back to the sidebar'],
      ['Page Up, Page Down', 'scroll'],
      ['?', 'this help (in a conversation: Esc first)'],
      ['Ctrl-C', 'quit'],
    ],
  ],
  [
    'In a field',
    [
      ['Enter', 'to the next field; in the last one, submit'],
      ['Home, End, Left, Right', 'move the cursor'],
      ['Ctrl-U, Ctrl-W', 'erase to the beginning, erase a word'],
    ],
  ],
  [
    'In the sidebar',
    [
      ['/', 'search in all conversations'],
      ['f', 'files'],
      ['d, s, c', 'Dashboard, Server, Connect'],
      ['n', 'the next conversation with something unread'],
    ],
  ],
];

const KEY_COLUMNS = 24;

export function helpBlocks(): Block[] {
  return KEYS.flatMap(([title, keys], index): Block[] => [
    ...(index === 0 ? [] : [{ kind: 'gap' } as const]),
    { kind: 'heading', text: title },
    ...keys.map(([key, does]): Block => ({
      kind: 'text',
      indent: 2,
      spans: [span(key.padEnd(KEY_COLUMNS), 'accent'), span(does)],
    })),
  ]);
}
