import { PassThrough, Writable } from 'node:stream';
import type { InputStream, OutputStream, Terminal } from '../src/terminal/terminal.js';

const ESCAPE = '\u001b';
const TOKEN = new RegExp(String.raw`${ESCAPE}\[([0-9;]*)([A-Za-z])|[^]`, 'gu');

/** A terminal small enough to be sure of: what a person would see after the bytes so far. */
export class ScreenModel {
  readonly columns: number;
  #cells: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** The rows down to the last one with something on it. */
  get rows(): string[] {
    const rows = this.#cells.map((cells) => Array.from(cells, (cell) => cell ?? ' ').join(''));
    return rows.join('\n').trimEnd().split('\n');
  }

  write(text: string): void {
    const tokens = text.matchAll(TOKEN);
    for (const [token, parameter = '', letter] of tokens) {
      if (letter === undefined) this.#put(token);
      else this.#control(letter, parameter);
    }
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#moveTo(this.#row + 1, 0);
    else {
      if (this.#column === this.columns) this.#moveTo(this.#row + 1, 0);
      (this.#cells[this.#row] ?? [])[this.#column] = character;
      this.#column += 1;
    }
  }

  #control(letter: string, parameter: string): void {
    const count = Math.max(1, Number(parameter) || 1);
    if (letter === 'A') this.#moveTo(Math.max(0, this.#row - count), this.#column);
    else if (letter === 'B') this.#moveTo(this.#row + count, this.#column);
    else if (letter === 'C') this.#column = Math.min(this.columns, this.#column + count);
    else if (letter === 'D') this.#column = Math.max(0, this.#column - count);
    else if (letter === 'G') this.#column = count - 1;
    else if (letter === 'J') this.#clearBelow();
    else if (letter === 'K') this.#cells[this.#row]?.splice(this.#column);
    else if (letter !== 'm') throw new Error(`This model does not know ${letter}.`);
  }

  #moveTo(row: number, column: number): void {
    while (this.#cells.length <= row) this.#cells.push([]);
    this.#row = row;
    this.#column = column;
  }

  #clearBelow(): void {
    this.#cells[this.#row]?.splice(this.#column);
    this.#cells.splice(this.#row + 1);
  }
}

/** Streams that look like a terminal of so many columns, with what it shows. */
export function fakeTerminal(columns: number): {
  terminal: Terminal;
  model: ScreenModel;
  type: (keys: string) => Promise<void>;
} {
  const model = new ScreenModel(columns);
  const input: InputStream = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
  });
  const output = (): OutputStream =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write(chunk: string, _encoding, done) {
          model.write(chunk);
          done();
        },
      }),
      { isTTY: true, columns },
    );
  const type = async (keys: string): Promise<void> => {
    (input as PassThrough).write(keys);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { terminal: { input, output: output(), errors: output() }, model, type };
}
