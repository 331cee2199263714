import { describeError } from '../report-error.js';
import { escapeText } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { nextLine } from './next-line.js';
import type { Paragraph } from './paragraph.js';
import type { Printed, Screen } from './screen.js';

/** How this program itself speaks in a conversation: at the left edge, where no text of a peer can be. */
export class Voice {
  readonly #screen: Screen;
  readonly #style: Style;
  #refusals = 0;

  constructor(screen: Screen, style: Style) {
    this.#screen = screen;
    this.#style = style;
  }

  /** How often something that was asked for was not done; a pipe has no other way to learn of it. */
  get refusals(): number {
    return this.#refusals;
  }

  /** What a table or a code may take; undefined without a terminal. */
  get size(): Screen['size'] {
    return this.#screen.size;
  }

  print(paragraph: Paragraph): void {
    this.#screen.print(paragraph);
  }

  /** Something that happened, in escaped words. */
  notice(text: string): Printed {
    return this.#screen.print(this.#noticeOf(text));
  }

  /** The same in place of an earlier notice, if that is still the last thing on the screen. */
  noticeAgain(earlier: Printed | undefined, text: string): Printed {
    const paragraph = this.#noticeOf(text);
    const isAmended = earlier !== undefined && this.#screen.amend(earlier, paragraph);
    return isAmended ? earlier : this.#screen.print(paragraph);
  }

  /** Lines as they are, already escaped: tables, addresses, own ids. */
  lines(lines: readonly string[]): void {
    for (const text of lines) this.print({ lead: '', text, isWhole: true });
  }

  /** Something that was asked for and not done, and what to type instead. */
  refuse(what: string, next?: string): void {
    this.#refusals += 1;
    const text = next === undefined ? what : `${what}\nNext: ${next}`;
    const { warning } = this.#style;
    this.print({ lead: warning('!! '), text: escapeText(text), paint: warning });
  }

  fail(error: unknown): void {
    this.refuse(describeError(error).message, nextLine(error));
  }

  #noticeOf(text: string): Paragraph {
    return { lead: this.#style.dim('-- '), text, paint: this.#style.dim };
  }
}
