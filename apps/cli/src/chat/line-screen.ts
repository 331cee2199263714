import { createInterface, type Interface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../terminal/terminal.js';
import { displayWidth } from '../terminal/width.js';
import { KeyStream } from './key-stream.js';
import { layOut, type Paragraph } from './paragraph.js';
import type { Printed, Screen } from './screen.js';

const DEFAULT_COLUMNS = 80;
const CLEAR_BELOW = '\r\u001b[J';

/** A terminal whose last line is being typed while the conversation grows above it. */
export class LineScreen implements Screen {
  readonly isInteractive = true;
  onTyping: (() => void) | undefined;
  readonly #terminal: Terminal;
  readonly #onInterrupt: () => void;
  #reader: Interface | undefined;
  #prompt = '> ';
  /** What stands directly above the prompt, as it was laid out. */
  #last: { readonly printed: Printed; readonly rows: number; readonly columns: number } | undefined;

  constructor(terminal: Terminal, onInterrupt: () => void) {
    this.#terminal = terminal;
    this.#onInterrupt = onInterrupt;
  }

  get isTyping(): boolean {
    return (this.#reader?.line ?? '') !== '';
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#columns, rows: this.#terminal.output.rows ?? 0 };
  }

  print(paragraph: Paragraph): Printed {
    const printed: Printed = { paragraph };
    this.#write(printed, paragraph, 0);
    return printed;
  }

  amend(printed: Printed, paragraph: Paragraph): boolean {
    const last = this.#last;
    const isLast = last?.printed === printed && last.columns === this.#columns;
    if (isLast) this.#write(printed, paragraph, last.rows);
    return isLast;
  }

  setPrompt(prompt: string): void {
    if (prompt === this.#prompt) return;
    this.#prompt = prompt;
    this.#reader?.setPrompt(prompt);
    this.#reader?.prompt(true);
  }

  readLines(handle: (line: string) => Promise<void>): Promise<void> {
    const { output } = this.#terminal;
    const input = new KeyStream(this.#terminal.input);
    const reader = createInterface({ input, output, terminal: true, prompt: this.#prompt });
    this.#reader = reader;
    reader.once('close', () => input.detach());
    let handled = Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    reader.on('SIGINT', this.#onInterrupt);
    // After the reader's own listener: its line has taken the key already.
    input.on('keypress', () => {
      if (this.isTyping && !reader.line.startsWith('/')) this.onTyping?.();
    });
    reader.on('line', (line) => {
      this.#takeBack(line);
      reader.prompt();
      handled = handled.then(() => handle(line));
      handled.catch(reject);
    });
    reader.on('close', () => {
      if (this.#reader !== reader) return; // closed from here: whoever did it knows
      this.#reader = undefined;
      output.write('\n');
      handled.then(resolve, reject);
    });
    reader.prompt();
    return promise;
  }

  close(): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#terminal.output.write(`${up(reader.getCursorPos().rows)}${CLEAR_BELOW}`);
    this.#reader = undefined;
    reader.close();
  }

  get #columns(): number {
    const { columns = 0 } = this.#terminal.output;
    return columns > 0 ? columns : DEFAULT_COLUMNS;
  }

  /** Writes above the line being typed, in place of as many rows as said. */
  #write(printed: Printed, paragraph: Paragraph, replacedRows: number): void {
    const columns = this.#columns;
    const rows = layOut(paragraph, columns);
    const typedRows = this.#reader?.getCursorPos().rows ?? 0;
    const text = `${up(typedRows + replacedRows)}${CLEAR_BELOW}${rows.join('\n')}\n`;
    // The reader goes up by the rows of its own line before it draws it: they are given back to it.
    this.#terminal.output.write(text + '\n'.repeat(typedRows));
    this.#reader?.prompt(true);
    this.#last = { printed, rows: rows.length, columns };
  }

  /** Removes the finished line from the screen: what becomes of it is printed in its place. */
  #takeBack(line: string): void {
    const width = displayWidth(stripVTControlCharacters(this.#prompt)) + displayWidth(line);
    this.#terminal.output.write(`${up(Math.floor(width / this.#columns) + 1)}${CLEAR_BELOW}`);
  }
}

function up(rows: number): string {
  return rows === 0 ? '' : `\u001b[${rows}A`;
}
