import type { GravyEvent, SessionInfo } from '@gravy/messenger';
import { escapeLine } from '../../terminal/escape.js';

/** Whether one can be heard at this moment; changed by the functions of this file only. */
export type Connection =
  | { readonly kind: 'offline' }
  | { readonly kind: 'reconnecting'; readonly at: number; readonly reason?: string }
  | { readonly kind: 'connected'; readonly sessions: readonly OpenSession[] };

/** `tunnel` is not known before the session has been looked up. */
export type OpenSession = Pick<SessionInfo, 'id' | 'role'> & { readonly tunnel?: boolean };

export type SessionEvent = Extract<GravyEvent, { method: `session.${string}` }>;

export const OFFLINE: Connection = { kind: 'offline' };

/** What `session.list` says of one contact; attempts to connect go on unless it has a session. */
export function withSessions(
  connection: Connection,
  contact: string,
  all: readonly SessionInfo[],
): Connection {
  const sessions = all
    .filter((session) => session.contact === contact)
    .map(({ id, role, tunnel }) => ({ id, role, tunnel }));
  if (sessions.length > 0) return { kind: 'connected', sessions };
  return connection.kind === 'reconnecting' ? connection : OFFLINE;
}

/** The connection after an event about this contact. */
export function afterEvent(connection: Connection, event: SessionEvent): Connection {
  switch (event.method) {
    case 'session.opened': {
      const { session: id, role } = event.params;
      return { kind: 'connected', sessions: [...others(connection, id), { id, role }] };
    }
    case 'session.closed': {
      const sessions = others(connection, event.params.session);
      return sessions.length > 0 ? { kind: 'connected', sessions } : OFFLINE;
    }
    case 'session.retrying': {
      if (connection.kind === 'connected') return connection;
      const { at, message } = event.params;
      return { kind: 'reconnecting', at, ...(message === undefined ? {} : { reason: message }) };
    }
    case 'session.gaveUp':
      if (connection.kind === 'connected') return connection;
      return OFFLINE;
    default:
      return event satisfies never;
  }
}

export function sessionsOf(connection: Connection): readonly OpenSession[] {
  return connection.kind === 'connected' ? connection.sessions : [];
}

/** The line under a contact's name. Escaped. */
export function describeConnection(connection: Connection, nowMs: number): string {
  switch (connection.kind) {
    case 'connected': {
      const tunnels = new Set(connection.sessions.map(({ tunnel }) => tunnel));
      if (tunnels.has(false)) return 'connected, direct';
      return tunnels.has(true) ? 'connected through the tunnel' : 'connected';
    }
    case 'reconnecting': {
      const seconds = Math.ceil((connection.at - nowMs) / 1000);
      const when = seconds > 0 ? `reconnecting in ${seconds} s` : 'reconnecting now';
      const { reason } = connection;
      return reason === undefined ? when : `${when} (${escapeLine(reason)})`;
    }
    case 'offline':
      return 'offline: messages will be sent when you are both online';
    default:
      return connection satisfies never;
  }
}

function others(connection: Connection, id: string): readonly OpenSession[] {
  return sessionsOf(connection).filter((session) => session.id !== id);
}
