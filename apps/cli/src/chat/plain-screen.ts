import { createInterface, type Interface } from 'node:readline';
import { columnsOf, type Terminal } from '../terminal/terminal.js';
import { layOut, type Paragraph } from './paragraph.js';
import type { Printed, Screen } from './screen.js';

/** For pipes and files: no prompt, nothing is rewritten, every line that comes in is handled. */
export class PlainScreen implements Screen {
  readonly isInteractive = false;
  readonly isTyping = false;
  onTyping: (() => void) | undefined;
  readonly #terminal: Terminal;
  #reader: Interface | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get size(): Screen['size'] {
    const columns = columnsOf(this.#terminal.output);
    const { rows = 0 } = this.#terminal.output;
    return columns === undefined ? undefined : { columns, rows };
  }

  print(paragraph: Paragraph): Printed {
    const { output } = this.#terminal;
    const rows = layOut(paragraph, columnsOf(output));
    output.write(`${rows.join('\n')}\n`);
    return { paragraph };
  }

  amend(): boolean {
    return false;
  }

  setPrompt(): void {
    // There is nobody to prompt.
  }

  async readLines(handle: (line: string) => Promise<void>): Promise<void> {
    const reader = createInterface({ input: this.#terminal.input, crlfDelay: Infinity });
    this.#reader = reader;
    for await (const line of reader) await handle(line);
  }

  close(): void {
    this.#reader?.close();
  }
}
