import { attachIfOpen } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
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
  return { value: sessions, lines: formatSessions(sessions, names, context.style) };
}

export async function closeSession(context: Context, session: string): Promise<Outcome> {
  const gravy = await attachIfOpen(context);
  if (gravy === undefined) {
    throw new CliError(
      'no_such_session',
      'This account is not open in any process, so it has no sessions.',
      'gravy host',
    );
  }
  await gravy.call('session.close', { session });
  return { value: {}, lines: ['The session is closed.'] };
}
