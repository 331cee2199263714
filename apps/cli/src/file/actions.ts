import { resolve } from 'node:path';
import type { FileInfo, GravyClient } from '@gravy/messenger';
import { openAccount } from '../account/open-account.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { columnsOf } from '../terminal/terminal.js';
import { formatFiles } from './file-table.js';
import { nameOfFile } from './file-words.js';
import { findFile, MAX_LISTED } from './find-file.js';

const LIST = 'gravy files list';

export async function listFiles(context: Context, options: { contact?: string }): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const files = await gravy.call('file.list', { ...options, limit: MAX_LISTED });
  if (files.length === 0) {
    const lines = ['No files yet. To send one: gravy send CONTACT --file PATH'];
    return { value: files, lines };
  }
  const contacts = await gravy.call('contact.list', {});
  const names = new Map(contacts.map(({ id, name }) => [id, name]));
  const columns = columnsOf(context.terminal.output);
  return { value: files, lines: formatFiles(files, { names, style: context.style, columns }) };
}

export async function acceptFile(
  context: Context,
  id: string,
  options: { directory?: string },
): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const file = await find(gravy, id);
  const directory =
    options.directory === undefined ? {} : { directory: resolve(options.directory) };
  await gravy.call('file.accept', { id: file.id, contact: file.contact, ...directory });
  const accepted = `You accepted ${nameOfFile(file)}`;
  return { value: {}, lines: [`${accepted}. It comes while you two are connected.`] };
}

export async function declineFile(context: Context, id: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const file = await find(gravy, id);
  await gravy.call('file.decline', { id: file.id, contact: file.contact });
  return { value: {}, lines: [`Declined: ${nameOfFile(file)}.`] };
}

export async function cancelFile(context: Context, id: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const file = await find(gravy, id);
  await gravy.call('file.cancel', { id: file.id, contact: file.contact });
  return { value: {}, lines: [`Cancelled: ${nameOfFile(file)}.`] };
}

function find(gravy: GravyClient, id: string): Promise<FileInfo> {
  return findFile(gravy, id, LIST);
}
