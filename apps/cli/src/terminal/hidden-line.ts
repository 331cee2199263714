import { stripVTControlCharacters } from 'node:util';
import { splitGraphemes } from './width.js';

export type HiddenOutcome =
  /** Enter was pressed; `rest` came after it and belongs to the next question. */
  | { readonly kind: 'line'; readonly line: string; readonly rest: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'interrupted' };

/** The keys of a line that is not shown, without I/O. Raw mode leaves all editing to us. */
export class HiddenLine {
  #line = '';

  /** Takes what the terminal sent; answers once the line is finished. Pasted chunks may be longer. */
  push(chunk: string): HiddenOutcome | undefined {
    // Arrow keys and the like: an escape sequence is no part of a password.
    const keys = stripVTControlCharacters(chunk);
    let position = 0;
    for (const key of keys) {
      position += key.length;
      if (key === '\r' || key === '\n') {
        return { kind: 'line', line: this.#line, rest: keys.slice(position) };
      }
      if (key === '\u0003') return { kind: 'interrupted' };
      if (key === '\u0004' && this.#line === '') return { kind: 'end' };
      this.#edit(key);
    }
    return undefined;
  }

  #edit(key: string): void {
    if (key === '\u007f' || key === '\b') {
      this.#line = splitGraphemes(this.#line).slice(0, -1).join('');
    } else if (key === '\u0015') {
      this.#line = '';
    } else if (!/\p{Cc}/u.test(key)) {
      this.#line += key;
    }
  }
}
