import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Context, Runtime } from '../context.js';
import { sendFile } from '../file/send-file.js';
import { sendText } from '../message/send-text.js';
import type { Outcome } from '../outcome.js';
import { durationUpTo } from './duration.js';
import { addExamples, withOutcome } from './subcommand.js';

const WHAT_HAPPENS = `
It connects if you are not connected, over the addresses
known for the contact, and waits until the other machine
has stored the text. If that does not come about the text
is not lost: it is kept, and sent the next time you two are
connected. So do not send it again.

A file or folder is offered first, and sent once it is
accepted, however long that takes; with --timeout no longer
than that, nor without any of it being taken. What was
interrupted goes on where it was the next time you two are
connected.

Exit codes: 0 delivered, 4 no session came about,
5 a session, but not delivered in time, or declined.`;

export function addSendCommand(program: Command, runtime: Runtime): void {
  const send = program
    .command('send')
    .description('send one text or file, and wait until it is delivered')
    .argument('<contact>', 'name or id')
    .argument('[text]', 'what to say; - reads it from standard input')
    .option('--file <path>', 'a file or folder, instead of a text')
    .option(
      '--timeout <time>',
      'how long to wait (default: 30s, but for a file that is offered)',
      durationUpTo('1d'),
    )
    .addHelpText('after', WHAT_HAPPENS)
    .action(withOutcome(runtime, sendOne));
  addExamples(
    send,
    'gravy send ben "The tunnel is up."',
    'gravy send ben --file holiday.mov',
    'uptime | gravy send ben - --timeout 5s --json',
  );
}

function sendOne(
  context: Context,
  contact: string,
  text: string | undefined,
  options: { file?: string; timeout?: number },
): Promise<Outcome> {
  const { file, timeout } = options;
  if (file === undefined) return sendText(context, contact, text, { timeoutMs: timeout });
  if (text === undefined) return sendFile(context, contact, { file, timeoutMs: timeout });
  throw new CliError(
    'usage',
    'Send a text or a file, one at a time.',
    'gravy send CONTACT --file PATH',
  );
}
