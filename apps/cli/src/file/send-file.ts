import { resolve } from 'node:path';
import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { connectTo, findRecipient } from '../message/recipient.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { formatBytes } from './amounts.js';
import { type FileEnd, FileWatch } from './file-watch.js';
import { formatProgress } from './progress-line.js';
import { StatusLine } from './status-line.js';

const KEPT = 'The offer is kept, and goes on the next time you are connected.';
const LIST = 'gravy files list';

/**
 * Offers a file, connects if there is no session, and waits until it has arrived and was checked there. Unless `isLimited`, the
 * timeout holds until the offer has been delivered.
 */
export async function sendFile(
  context: Context,
  reference: string,
  options: { file: string; timeout: number; isLimited: boolean },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const contact = await findRecipient(gravy, reference);
  const name = escapeLine(contact.name);
  const status = new StatusLine(context.terminal.errors);
  const watch = new FileWatch(gravy, {
    contact: contact.id,
    timeoutMs: options.timeout,
    isLimited: options.isLimited,
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
    await connectTo(context, { gravy, contact, timeoutMs: options.timeout, kept: KEPT });
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
  switch (end.kind) {
    case 'silence': {
      const what = end.hasBegun
        ? 'Nothing more was taken for too long.'
        : `${name} has not accepted it in time.`;
      return new CliError('not_delivered', `${what} ${KEPT}`, LIST);
    }
    case 'apart':
      return new CliError('not_delivered', `The session with ${name} has ended. ${KEPT}`, LIST);
    case 'account closed': {
      const why = 'The account was locked, or the process that had it open has ended.';
      return new CliError('account_closed', `${why} ${KEPT}`, LIST);
    }
    case 'ended': {
      const reason = `(${end.state}): ${escapeLine(end.reason)}`;
      return new CliError('not_delivered', `The file was not delivered ${reason}`, LIST);
    }
    default:
      return end satisfies never;
  }
}
