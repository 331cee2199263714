import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Context, Runtime } from '../context.js';
import { sendFile } from '../file/send-file.js';
import { sendText } from '../message/send-text.js';
import type { Outcome } from '../outcome.js';
import { durationUpTo } from './duration.js';
import { addExamples, withOutcome } from './subcommand.js';

const DEFAULT_TIMEOUT_MS = 30_000;

const WHAT_HAPPENS = `
It connects if you are not connected, over the addresses
known for the contact, and waits until the other machine
has stored the text. If that does not come about the text
is not lost: it is kept, and sent the next time you two are
connected. So do not send it again.

A file or folder is offered first, and sent once it is
accepted. When the offer has arrived there is no limit to
that, unless you give one: then --timeout says how long
nothing may happen. While the other machine checks the
whole, that time does not run. What was interrupted goes on
where it was the next time you two are connected.

Exit codes: 0 delivered, 4 no session came about,
5 a session, but not delivered in time, or declined.`;

export function addSendCommand(program: Command, runtime: Runtime): void {
  const send = program
    .command('send')
    .description('send one text or file, and wait until it is delivered')
    .argument('<contact>', 'name or id')
    .argument('[text]', 'what to say; - reads it from standard input')
    .option('--file <path>', 'a file or folder, instead of a text')
    .option('--timeout <time>', 'how long to wait (default: 30s)', durationUpTo('1d'))
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
  const { file, timeout = DEFAULT_TIMEOUT_MS } = options;
  if (file === undefined) return sendText(context, contact, text, { timeout });
  const isLimited = options.timeout !== undefined;
  if (text === undefined) return sendFile(context, contact, { file, timeout, isLimited });
  throw new CliError(
    'usage',
    'Send a text or a file, one at a time.',
    'gravy send CONTACT --file PATH',
  );
}
