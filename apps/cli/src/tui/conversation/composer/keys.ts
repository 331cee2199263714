import type { Key } from 'ink';
import type { Edit } from './edit.js';

/** What was pressed, as the field for a text takes it. */
export type Press =
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'row'; readonly rows: -1 | 1 }
  | { readonly kind: 'break' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'enter'; readonly typedBefore: string };

/** A line that was typed faster than it was read, with its Enter; a longer one was pasted. */
const MAX_TYPED_AHEAD = 200;

/** Undefined for keys that are not for the field. A chunk may hold many characters, and Enter as the last. */
export function pressOf(input: string, key: Key): Press | undefined {
  if (key.eventType === 'release') return undefined;
  if (key.return) {
    return key.meta || key.shift || key.ctrl
      ? { kind: 'break' }
      : { kind: 'enter', typedBefore: '' };
  }
  // Ctrl-J; terminals that cannot tell Alt-Enter have it, too.
  if (input === '\n' || (key.ctrl && input === 'j')) return { kind: 'break' };
  const edit = editOf(input, key);
  if (edit !== undefined) return { kind: 'edit', edit };
  if (key.upArrow || key.downArrow) {
    return isModified(key) ? undefined : { kind: 'row', rows: key.upArrow ? -1 : 1 };
  }
  if (key.ctrl || key.meta || key.escape || key.tab || input === '') return undefined;
  return typed(input);
}

function typed(input: string): Press | undefined {
  const [line = '', ...rest] = input.split('\r');
  if (rest.length === 1 && rest[0] === '' && line.length <= MAX_TYPED_AHEAD) {
    return { kind: 'enter', typedBefore: printable(line) };
  }
  // Line breaks inside, and no sign of a paste around it: this terminal does not mark them. It must not
  // send itself. A line feed is Ctrl-J, typed faster than it was read.
  if (rest.length > 0) return { kind: 'paste', text: input };
  if (input.length > MAX_TYPED_AHEAD) return { kind: 'paste', text: input };
  const text = printable(input);
  return text === '' ? undefined : { kind: 'text', text };
}

function printable(text: string): string {
  return text.replaceAll(/(?![\t\n])\p{Cc}/gu, '').toWellFormed();
}

function isModified({ ctrl, meta, shift }: Key): boolean {
  return ctrl || meta || shift;
}

function editOf(input: string, key: Key): Edit | undefined {
  const isByWord = key.ctrl || key.meta;
  if (key.leftArrow) return isByWord ? 'word left' : 'left';
  if (key.rightArrow) return isByWord ? 'word right' : 'right';
  if (key.home && !isByWord) return 'line start';
  if (key.end && !isByWord) return 'line end';
  if (key.backspace) return isByWord ? 'delete word left' : 'delete left';
  if (key.delete) return isByWord ? 'delete word right' : 'delete right';
  if (key.ctrl && !key.meta) return BY_CONTROL[input];
  if (key.meta && !key.ctrl) return BY_META[input];
  return undefined;
}

// As shells have them.
const BY_CONTROL: Readonly<Record<string, Edit>> = {
  a: 'line start',
  e: 'line end',
  b: 'left',
  f: 'right',
  d: 'delete right',
  w: 'delete word left',
  u: 'delete to line start',
  k: 'delete to line end',
};
const BY_META: Readonly<Record<string, Edit>> = {
  b: 'word left',
  f: 'word right',
  d: 'delete word right',
};
