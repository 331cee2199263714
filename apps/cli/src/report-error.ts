import type { InvalidCallError, MessengerError } from '@gravy/messenger';
import { CommanderError } from 'commander';
import { CliError } from './cli-error.js';
import { EXIT_CODES, exitCodeFor, type ExitCode } from './exit-codes.js';
import { nextCommand } from './next-command.js';
import { escapeJson, escapeLine } from './terminal/escape.js';
import type { OutputStream } from './terminal/terminal.js';

/** An error as the user meets it. */
export interface DescribedError {
  /** Empty if everything was said already. */
  readonly message: string;
  /** For programs: a code of this program or of the core. */
  readonly code: string;
  /** What to type next. */
  readonly next?: string;
  readonly exitCode: ExitCode;
}

export function describeError(error: unknown): DescribedError {
  if (error instanceof CliError) {
    const { code, next } = error;
    // Whoever pressed Ctrl-C knows.
    const message = code === 'interrupted' ? '' : error.message;
    return { message, code, exitCode: exitCodeFor(code), ...(next === undefined ? {} : { next }) };
  }
  if (error instanceof CommanderError) return describeUsage(error);
  if (isMessengerError(error)) {
    const next = nextCommand(error.code);
    return {
      message: error.message,
      code: error.code,
      exitCode: exitCodeFor(error.code),
      ...(next === undefined ? {} : { next }),
    };
  }
  if (isInvalidCall(error)) {
    return {
      message: error.message,
      code: 'usage',
      next: 'gravy --help',
      exitCode: EXIT_CODES.wrongUsage,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `Something unforeseen went wrong: ${message}`,
    code: 'internal',
    next: 'the same command again; if it fails again, please report it',
    exitCode: EXIT_CODES.failed,
  };
}

export function writeError(error: DescribedError, stream: OutputStream, wantsJson: boolean): void {
  const { message, code, next } = error;
  if (message === '') return;
  if (wantsJson) {
    stream.write(
      `${escapeJson({ error: { code, message, ...(next === undefined ? {} : { next }) } })}\n`,
    );
    return;
  }
  stream.write(`gravy: ${escapeLine(message)}\n`);
  if (next !== undefined) stream.write(`Next: ${escapeLine(next)}\n`);
}

function describeUsage(error: CommanderError): DescribedError {
  // Help and version come as errors too; they are no failure and are already written.
  if (error.exitCode === EXIT_CODES.done) {
    return { message: '', code: 'help', exitCode: EXIT_CODES.done };
  }
  if (error.code === 'commander.help') {
    return {
      message: 'This command needs a subcommand.',
      code: 'usage',
      next: 'gravy --help',
      exitCode: EXIT_CODES.wrongUsage,
    };
  }
  const message = error.message.replace(/^error: /u, '').replaceAll('\n', ' ');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return {
    message: /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`,
    code: 'usage',
    next: 'the command again with --help',
    exitCode: EXIT_CODES.wrongUsage,
  };
}

// By name and not by class: the core is loaded only where it is needed, which is not here.
export function isMessengerError(error: unknown): error is MessengerError {
  return error instanceof Error && error.name === 'MessengerError' && 'code' in error;
}

function isInvalidCall(error: unknown): error is InvalidCallError {
  return error instanceof Error && 'kind' in error && 'path' in error;
}
