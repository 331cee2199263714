import type { GravyClient } from '@gravy/messenger';
import { attachIfOpen } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import { columnsOf } from '../terminal/terminal.js';
import { formatSessions } from './session-table.js';

export async function listSessions(context: Context): Promise<Outcome> {
  const gravy = await attachIfOpen(context);
  const sessions = gravy === undefined ? [] : await gravy.call('session.list', {});
  if (gravy === undefined || sessions.length === 0) {
    return {
      value: sessions,
      lines: ['No open sessions. Start one: gravy host, or gravy connect URL NAME'],
    };
  }
  const contacts = await gravy.call('contact.list', {});
  const names = new Map(contacts.map(({ id, name }) => [id, name]));
  const columns = columnsOf(context.terminal.output);
  return { value: sessions, lines: formatSessions(sessions, names, context.style, columns) };
}

export async function closeSession(context: Context, session: string): Promise<Outcome> {
  const gravy = await requireOpen(context);
  await gravy.call('session.close', { session });
  return { value: {}, lines: ['The session is closed.'] };
}

/** Ends all sessions with a contact, and the attempts to have one again. */
export async function disconnectContact(context: Context, contact: string): Promise<Outcome> {
  const gravy = await requireOpen(context);
  await gravy.call('session.disconnect', { contact });
  return {
    value: {},
    lines: [`There is no session with ${escapeLine(contact)} now, and none is tried again.`],
  };
}

async function requireOpen(context: Context): Promise<GravyClient> {
  const gravy = await attachIfOpen(context);
  if (gravy !== undefined) return gravy;
  throw new CliError(
    'no_such_session',
    'This account is not open in any process, so it has no sessions.',
    'gravy host',
  );
}
