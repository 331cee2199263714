import { StringDecoder } from 'node:string_decoder';
import { CliError } from '../cli-error.js';
import { HiddenLine } from './hidden-line.js';
import type { Terminal } from './terminal.js';

const interrupted = (): CliError => new CliError('interrupted', 'Interrupted.');

/**
 * Asks for a line that is not shown while it is typed.
 * @throws CliError `interrupted` at Ctrl-C, and when input ends.
 */
export async function askHidden(terminal: Terminal, question: string): Promise<string> {
  const { input, errors } = terminal;
  const line = new HiddenLine();
  // Before the question is seen: a password that is pasted at once must not be echoed.
  input.setRawMode?.(true);
  errors.write(question);
  try {
    return await readUntil(terminal, (chunk) => {
      const outcome = line.push(chunk);
      if (outcome === undefined) return undefined;
      if (outcome.kind !== 'line') throw interrupted();
      return { line: outcome.line, rest: outcome.rest };
    });
  } finally {
    input.setRawMode?.(false);
    errors.write('\n');
  }
}

/**
 * Asks for a line; the terminal itself shows it and lets it be edited.
 * @throws CliError `interrupted` when input ends.
 */
export async function askLine(terminal: Terminal, question: string): Promise<string> {
  let typed = '';
  terminal.errors.write(question);
  return readUntil(terminal, (chunk) => {
    typed += chunk;
    const end = typed.indexOf('\n');
    if (end === -1) return undefined;
    return { line: typed.slice(0, end).trim(), rest: typed.slice(end + 1) };
  });
}

/** Only `y` and `yes` count as yes. */
export async function askYesNo(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(es)?$/iu.test(await askLine(terminal, `${question} [y/N] `));
}

type Finished = { readonly line: string; readonly rest: string };

function readUntil(
  { input }: Terminal,
  take: (chunk: string) => Finished | undefined,
): Promise<string> {
  const decoder = new StringDecoder('utf8');
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      input.off('data', receive);
      input.off('end', ended);
      input.off('close', ended);
      input.pause();
    };
    const ended = (): void => {
      stop();
      reject(interrupted());
    };
    const receive = (bytes: Buffer | string): void => {
      try {
        const finished = take(typeof bytes === 'string' ? bytes : decoder.write(bytes));
        if (finished === undefined) return;
        stop();
        if (finished.rest !== '') input.unshift(Buffer.from(finished.rest));
        resolve(finished.line);
      } catch (error) {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    input.on('data', receive);
    input.on('end', ended);
    input.on('close', ended);
    input.resume();
  });
}
