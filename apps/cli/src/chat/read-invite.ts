import { CliError } from '../cli-error.js';
import { askLine } from '../terminal/ask.js';
import { canAsk, type Terminal } from '../terminal/terminal.js';
import { isInvite } from './connect-target.js';

/** An invite is shorter by far. */
const MAX_LINE_BYTES = 8_192;

/**
 * An invite from the first line of standard input, so that its secret stands in no list of processes and
 * no history of a shell. What follows it is left for the chat.
 * @throws CliError `invalid_invite`
 */
export async function readInvite(terminal: Terminal): Promise<string> {
  const line = canAsk(terminal)
    ? await askLine(terminal, 'Paste the invite, then press Enter: ')
    : await firstLine(terminal.input);
  const invite = line.trim();
  if (isInvite(invite)) return invite;
  throw new CliError(
    'invalid_invite',
    'This is no invite: one begins with gravyinvite1.',
    'gravy connect -, and paste the whole invite',
  );
}

/** In bytes, not characters: what follows the line may be cut anywhere. */
function firstLine(input: Terminal['input']): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let bytes = Buffer.alloc(0);
  const stop = (length: number): void => {
    input.off('data', receive);
    input.off('end', end);
    input.pause();
    const rest = bytes.subarray(length + 1);
    if (rest.length > 0) input.unshift(rest);
    resolve(bytes.toString('utf8', 0, length));
  };
  const end = (): void => stop(bytes.length);
  const receive = (chunk: Buffer | string): void => {
    bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
    const at = bytes.indexOf('\n');
    if (at !== -1) stop(at);
    else if (bytes.length > MAX_LINE_BYTES) stop(bytes.length);
  };
  input.on('data', receive);
  input.on('end', end);
  input.resume();
  return promise;
}
