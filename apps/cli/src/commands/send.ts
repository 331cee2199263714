import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { sendText } from '../message/send-text.js';
import { durationUpTo } from './duration.js';
import { addExamples, withOutcome } from './subcommand.js';

const DEFAULT_TIMEOUT_MS = 30_000;

const WHAT_HAPPENS = `
It connects if you are not connected, over the addresses
known for the contact, and waits until the other machine
has stored the text. If that does not come about the text
is not lost: it is kept, and sent the next time you two are
connected. So do not send it again.

Exit codes: 0 delivered, 4 no session came about,
5 a session, but no word of delivery in time.`;

export function addSendCommand(program: Command, runtime: Runtime): void {
  const send = program
    .command('send')
    .description('send one text, and wait until it is delivered')
    .argument('<contact>', 'name or id')
    .argument('[text]', 'what to say; - reads it from standard input')
    .option('--timeout <time>', 'how long to wait', durationUpTo('1d'), DEFAULT_TIMEOUT_MS)
    .addHelpText('after', WHAT_HAPPENS)
    .action(withOutcome(runtime, sendText));
  // commander would show the number behind it.
  for (const option of send.options) {
    if (option.long === '--timeout') option.default(DEFAULT_TIMEOUT_MS, '30s');
  }
  addExamples(
    send,
    'gravy send ben "The tunnel is up."',
    'uptime | gravy send ben - --timeout 5s --json',
  );
}
