import { type FileHandle, open } from 'node:fs/promises';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { askHidden } from '../terminal/ask.js';
import { canAsk } from '../terminal/terminal.js';

const MAX_PASSWORD_FILE_BYTES = 8192;
const ATTEMPTS_TO_REPEAT = 3;

/** The password that was given with the command, by file or by environment; the file goes first. */
export async function givenPassword(context: Context): Promise<string | undefined> {
  const { passwordFile } = context.options;
  if (passwordFile !== undefined) return readPasswordFile(passwordFile);
  return context.password;
}

/**
 * The password of an existing account: as given, or asked for.
 * @throws CliError `password_needed` without a terminal to ask on.
 */
export async function currentPassword(context: Context, question: string): Promise<string> {
  const given = await givenPassword(context);
  if (given !== undefined) return given;
  if (!canAsk(context.terminal)) throw passwordNeeded('--password-file', ', or set GRAVY_PASSWORD');
  return askHidden(context.terminal, question);
}

/** A password chosen now: as given, or asked for twice. */
export async function chosenPassword(
  context: Context,
  given: string | undefined,
  option: { name: string; alternative: string },
): Promise<string> {
  if (given !== undefined) return given;
  const { terminal } = context;
  if (!canAsk(terminal)) throw passwordNeeded(option.name, option.alternative);
  for (let attempt = 0; attempt < ATTEMPTS_TO_REPEAT; attempt += 1) {
    const password = await askHidden(terminal, 'New password: ');
    if (password === '') terminal.errors.write('A password has at least one character.\n');
    else if ((await askHidden(terminal, 'Repeat password: ')) === password) return password;
    else terminal.errors.write('The two are not the same. Once more:\n');
  }
  throw new CliError('cancelled', 'No password was chosen, so nothing was changed.');
}

/**
 * A password from a file of one line; the line break at its end does not count.
 * @throws CliError `password_file`
 */
export async function readPasswordFile(path: string): Promise<string> {
  let text: string;
  try {
    await using file = await open(path, 'r');
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readStart(file));
  } catch {
    throw passwordFileError('The password file cannot be read as text.', path);
  }
  const line = text.replace(/\r?\n$/u, '');
  if (line === '' || /[\r\n]/u.test(line)) {
    throw passwordFileError('The password file must hold one line with the password.', path);
  }
  return line;
}

/** From where the file stands, so that a pipe will do as well: `--password-file <(pass gravy)`. */
async function readStart(file: FileHandle): Promise<Uint8Array> {
  const buffer = Buffer.alloc(MAX_PASSWORD_FILE_BYTES);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function passwordFileError(message: string, path: string): CliError {
  return new CliError('password_file', message, `ls -l ${quoteForShell(path)}`);
}

function quoteForShell(text: string): string {
  return /^[\w./~-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A password that has to come from a file, where nobody can be asked. */
export function passwordNeeded(option: string, alternative: string): CliError {
  return new CliError(
    'password_needed',
    'A password is needed, and there is no terminal to ask for it.',
    `the same command with ${option} FILE${alternative}`,
  );
}
