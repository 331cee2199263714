import { resolve } from 'node:path';
import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { connectTo, DEFAULT_TIMEOUT_MS, findRecipient } from '../message/recipient.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { formatBytes } from './amounts.js';
import { type FileEnd, FileWatch } from './file-watch.js';
import { formatProgress } from './progress-line.js';
import { StatusLine } from './status-line.js';

const KEPT = 'The offer is kept, and goes on the next time you are connected.';
const LIST = 'gravy files list';

/**
 * Offers a file, connects if there is no session, and waits until it has arrived and was checked there: for the person who has to
 * accept it as long as it takes, if nobody says otherwise.
 */
export async function sendFile(
  context: Context,
  reference: string,
  options: { file: string; timeoutMs: number | undefined },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const contact = await findRecipient(gravy, reference);
  const name = escapeLine(contact.name);
  const status = new StatusLine(context.terminal.errors);
  const watch = new FileWatch(gravy, {
    timeoutMs: options.timeoutMs,
    onProgress: (progress) => status.show(formatProgress(progress)),
  });
  context.cleanups.push(() => {
    watch.stop();
    status.clear();
  });
  const path = resolve(options.file);
  const sent = await gravy.call('file.send', { contact: contact.id, path });
  watch.follow(sent.id);
  if (!contact.online) {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    await connectTo(context, { gravy, contact, timeoutMs, kept: KEPT });
  }
  status.show(`Waiting for ${name} to accept ${formatBytes(sent.size)} ...`);
  const end = await watch.outcome();
  status.clear();
  if (end.kind !== 'done') throw failure(end, name);
  return {
    value: { ...sent, state: 'done' },
    lines: [`Delivered to ${name}: "${escapeLine(sent.name)}", ${formatBytes(sent.size)}.`],
  };
}

function failure(end: Exclude<FileEnd, { kind: 'done' }>, name: string): CliError {
  if (end.kind === 'silence') {
    const what = end.hasBegun
      ? 'Nothing more was taken for too long.'
      : `${name} has not accepted it in time.`;
    return new CliError('not_delivered', `${what} ${KEPT}`, LIST);
  }
  const reason = escapeLine(end.reason);
  return new CliError(
    'not_delivered',
    `The file was not delivered (${end.state}): ${reason}`,
    LIST,
  );
}
