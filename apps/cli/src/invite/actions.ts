import { attachIfOpen, openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { type Outcome, writeAside } from '../outcome.js';
import { styleFor } from '../terminal/style.js';
import { columnsOf } from '../terminal/terminal.js';
import { wrap } from '../terminal/wrap.js';
import { inviteQr } from './invite-qr.js';
import { describeInvite } from './invite-words.js';
import { formatInvites } from './invite-table.js';

export async function createInvite(
  context: Context,
  options: { name?: string; expires: number; url?: string },
): Promise<Outcome> {
  const { name, expires, url } = options;
  const { terminal, env } = context;
  // Asked before the password is: only a process that has the account open can be hosting.
  const gravy =
    url === undefined ? await attachIfOpen(context) : (await openAccount(context)).gravy;
  if (gravy === undefined) {
    throw new CliError(
      'not_hosting',
      'An invite holds the address you host at, and this account does not host.',
      'gravy host --invite; or gravy invite --url URL, with the URL that you will host at',
    );
  }
  const created = await gravy.call('invite.create', {
    expiresInSeconds: expires / 1000,
    ...(name === undefined ? {} : { contactName: name }),
    ...(url === undefined ? {} : { urls: [url] }),
  });
  // The string is alone where a pipe takes it; what a person needs beside it stands elsewhere.
  if (terminal.errors.isTTY === true) {
    const status = await gravy.call('host.status', {});
    const urls = url === undefined ? (status.urls ?? []) : [url];
    const style = styleFor(terminal.errors, context.options.color, env);
    const sentences = [
      ...describeInvite({ expiresAt: created.expiresAt, urls, nowMs: Date.now() }),
      ...(status.running ? [] : ['It works once you host there.']),
    ];
    const columns = columnsOf(terminal.errors) ?? Number.POSITIVE_INFINITY;
    writeAside(context, [
      ...wrap(sentences.join(' '), columns - 1),
      ...(await inviteQr(created.invite, terminal.errors, style)),
      '',
    ]);
  }
  return { value: created, lines: [created.invite] };
}

export async function listInvites(context: Context): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const invites = await gravy.call('invite.list', {});
  if (invites.length === 0) {
    return { value: invites, lines: ['No invites. Make one while you host: gravy invite'] };
  }
  const contacts = await gravy.call('contact.list', {});
  const names = new Map(contacts.map(({ id, name }) => [id, name]));
  return { value: invites, lines: formatInvites(invites, names, context) };
}

export async function revokeInvite(context: Context, id: string): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  await gravy.call('invite.revoke', { id });
  return { value: {}, lines: ['The invite is revoked: nobody gets in by it any more.'] };
}
