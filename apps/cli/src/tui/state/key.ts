import type { Key as InkKey } from 'ink';

/** One press of a key, or text that was typed at once. */
export type KeyPress =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ctrl'; readonly letter: string }
  | { readonly kind: NamedKey };

type NamedKey =
  | 'tab'
  | 'backtab'
  | 'enter'
  | 'escape'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'backspace'
  | 'delete';

const NAMED: readonly (readonly [keyof InkKey, NamedKey])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'pageUp'],
  ['pageDown', 'pageDown'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const CONTROL_KEYS: Readonly<Record<string, NamedKey>> = {
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'enter',
  '\b': 'backspace',
  '\u007f': 'backspace',
  '\u001b': 'escape',
};

/** What Ink has read as key presses: it hands over what arrives at once in one piece. */
export function keyPresses(input: string, key: InkKey): KeyPress[] {
  if (key.eventType === 'release') return [];
  if (key.tab) return [{ kind: key.shift ? 'backtab' : 'tab' }];
  const named = NAMED.find(([flag]) => key[flag] === true);
  if (named !== undefined) return [{ kind: named[1] }];
  if (key.ctrl) return input.length === 1 ? [{ kind: 'ctrl', letter: input }] : [];
  if (key.meta) return [];
  return splitInput(input);
}

function splitInput(input: string): KeyPress[] {
  const pieces = input.match(/\p{Cc}|\P{Cc}+/gu) ?? [];
  return pieces.flatMap((piece): KeyPress[] => {
    const code = piece.codePointAt(0) ?? 0;
    const named = CONTROL_KEYS[piece];
    if (named !== undefined) return [{ kind: named }];
    if (code >= 0x20 && code !== 0x7f) return [{ kind: 'text', text: piece }];
    return code >= 1 && code <= 26
      ? [{ kind: 'ctrl', letter: String.fromCodePoint(code + 0x60) }]
      : [];
  });
}
