import type { Block } from '../screen/page.js';
import { span } from '../screen/span.js';

/** Every key of the program, in words that fit on one line of 60 columns. docs/guides/terminal.md has the same list. */
const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['Tab, Shift-Tab', 'to the next, to the one before'],
      ['Arrows', 'move; in the sidebar, choose'],
      ['Enter', 'press, choose, or go in'],
      ['Esc', 'close, or back to the sidebar'],
      ['Page Up, Page Down', 'scroll'],
      ['?', 'this help (leave fields first)'],
      ['Ctrl-L', 'draw the screen anew'],
      ['Ctrl-C', 'quit'],
    ],
  ],
  [
    'In a field',
    [
      ['Enter', 'next field; in the last, submit'],
      ['Home, End, Left, Right', 'move the cursor'],
      ['Ctrl-U, Ctrl-W', 'erase to the start, or a word'],
    ],
  ],
  [
    'In the sidebar',
    [
      ['/', 'search in all conversations'],
      ['f', 'files'],
      ['d, s, c', 'Dashboard, Server, Connect'],
      ['n', 'the next unread conversation'],
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
