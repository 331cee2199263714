import type { Readable, Writable } from 'node:stream';

/** Standard input as this program uses it; raw mode exists on terminals only. */
export interface InputStream extends Readable {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
}

export interface OutputStream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** The three streams of the process. Results go to `output`; questions and progress to `errors`. */
export interface Terminal {
  readonly input: InputStream;
  readonly output: OutputStream;
  readonly errors: OutputStream;
}

/** How many columns a table may take; without a terminal as many as it needs. */
export function columnsOf({ isTTY, columns = 0 }: OutputStream): number | undefined {
  return isTTY === true && columns > 0 ? columns : undefined;
}

/** Whether a person is there to answer: what is typed comes from them, and they see the question. */
export function canAsk(terminal: Terminal): boolean {
  return terminal.input.isTTY === true && terminal.errors.isTTY === true;
}

/** Whether a whole conversation can be drawn: the line being typed and what comes in share a screen. */
export function isInteractive(terminal: Terminal): boolean {
  return terminal.input.isTTY === true && terminal.output.isTTY === true;
}
