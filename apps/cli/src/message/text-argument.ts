import { CliError } from '../cli-error.js';
import type { Terminal } from '../terminal/terminal.js';

/** Somewhat more than the core takes, which then says what is too much. */
const MAX_INPUT_BYTES = 128 * 1024;

/**
 * The text of a command: as it was given, or all of standard input for `-`, without the line break that
 * ends it.
 * @throws CliError `usage`
 */
export async function textArgument(
  { input }: Terminal,
  argument: string | undefined,
): Promise<string> {
  const text = argument === '-' ? await readAll(input) : argument;
  if (text === undefined || text === '') {
    throw new CliError('usage', 'There is no text to send.', 'gravy send CONTACT TEXT');
  }
  return text;
}

async function readAll(input: Terminal['input']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input as AsyncIterable<Buffer | string>) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > MAX_INPUT_BYTES) {
      throw new CliError('too_large', 'This is too much for one text. Split it.');
    }
    chunks.push(piece);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return text.replace(/\r?\n$/u, '');
  } catch {
    throw new CliError('usage', 'Standard input is no text in UTF-8.', 'gravy send CONTACT TEXT');
  }
}
