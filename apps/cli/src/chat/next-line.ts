import type { ErrorCode } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { isMessengerError } from '../report-error.js';

const NEXT: Partial<Readonly<Record<ErrorCode, string>>> = {
  no_such_contact: '/contacts',
  contact_exists: '/contacts',
  invalid_id: '/add NAME ID',
  unsafe_id: '/add NAME ID',
  invalid_name: '/add NAME ID',
  port_in_use: '/host 0',
  port_forbidden: '/host 8080',
  already_hosting: '/stop',
  invalid_url: '/connect ws://127.0.0.1:8080 NAME',
  unreachable: '/connect URL NAME',
  peer_not_authentic: '/contacts',
  not_accepted: '/id',
  invalid_invite: '/connect INVITE, with the whole of it',
  too_many_invites: 'gravy invite list, in another terminal',
  not_hosting: '/host',
  no_such_request: '/requests',
  no_address: '/connect URL NAME',
  not_public: '/connect URL NAME',
  already_sent: '/history',
  no_such_session: '/who',
};

/** What to type in a chat after an error; its message has already said what happened. */
export function nextLine(error: unknown): string | undefined {
  if (error instanceof CliError) return error.next;
  return isMessengerError(error) ? NEXT[error.code] : undefined;
}
