import { COMMANDS } from './commands.js';

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'send'],
  ['Alt-Enter, Ctrl-J', 'new line'],
  ['Up, Down', 'what was sent before'],
  ['Page Up, Page Down', 'older and newer messages'],
  ['Ctrl-Home, Ctrl-End', 'the first loaded, the newest'],
  ['Tab', 'buttons, messages, out of here'],
  ['on a message', 'r reply, o open, a accept, d decline, c cancel'],
  ['Esc', 'back'],
];

/** What can be typed and pressed in a conversation, each with what it does. */
export const HELP: readonly (readonly [string, string])[] = [
  ...KEYS,
  ...COMMANDS.map(({ usage, summary }) => [usage, summary] as const),
];
