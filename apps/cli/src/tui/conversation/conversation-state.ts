import type { Contact, GravyEvent, Message, MessageState, SessionInfo } from '@gravy/messenger';
import { type Connection, OFFLINE, withSessions } from './connection.js';
import {
  EMPTY_LOG,
  type Log,
  messageOf,
  type Page,
  trimmed,
  withFile,
  withMessage,
  withOlder,
  withState,
} from './log/log.js';
import { type Since, withNewest } from './log/newest-page.js';
import { afterSessionEvent, withNotice } from './session-notes.js';

/** All that a conversation on the screen is drawn from, but where one is in it and what one types. */
export interface ConversationState {
  readonly contact: Contact;
  readonly isLoaded: boolean;
  readonly log: Log;
  readonly connection: Connection;
  /** When the contact was last heard to be writing. */
  readonly typingAt: number | undefined;
  /** The first message that was not read when the conversation was opened. */
  readonly firstNew: string | undefined;
  /** States that were told before the call that sent the text was answered; kept while one is open. */
  readonly early: ReadonlyMap<string, MessageState>;
  readonly sending: number;
}

export type Change =
  | { readonly kind: 'event'; readonly event: GravyEvent }
  | { readonly kind: 'newest'; readonly page: Page; readonly since: Since }
  | { readonly kind: 'older'; readonly page: Page }
  | { readonly kind: 'trim' }
  | { readonly kind: 'sessions'; readonly sessions: readonly SessionInfo[] }
  | { readonly kind: 'contact'; readonly contact: Contact }
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent'; readonly message: Message }
  | { readonly kind: 'not sent' }
  | { readonly kind: 'notice'; readonly text: string; readonly isWarning: boolean };

export function beginConversation(contact: Contact): ConversationState {
  return {
    contact,
    isLoaded: false,
    log: EMPTY_LOG,
    connection: OFFLINE,
    typingAt: undefined,
    firstNew: undefined,
    early: new Map(),
    sending: 0,
  };
}

/** The state after something happened at `nowMs`. Pure. */
export function change(state: ConversationState, what: Change, nowMs: number): ConversationState {
  switch (what.kind) {
    case 'event':
      return isAbout(what.event, state) ? takeEvent(state, what.event, nowMs) : state;
    case 'newest': {
      const log = withNewest(state.log, what.page, what.since);
      const firstNew = state.isLoaded ? state.firstNew : firstUnread(log, state.contact.unread);
      return { ...state, isLoaded: true, log, firstNew };
    }
    case 'older':
      return { ...state, log: withOlder(state.log, what.page) };
    case 'trim': {
      const log = trimmed(state.log);
      return log === state.log ? state : { ...state, log };
    }
    case 'sessions': {
      const { id } = state.contact;
      return { ...state, connection: withSessions(state.connection, id, what.sessions) };
    }
    case 'contact':
      return { ...state, contact: what.contact };
    case 'sending':
      return { ...state, sending: state.sending + 1 };
    case 'sent': {
      const { message } = what;
      const told = state.early.get(message.id) ?? message.state;
      const log = withMessage(state.log, { ...message, state: told });
      // Whoever answers has read what was new.
      return { ...sendingOver(state), log, firstNew: undefined };
    }
    case 'not sent':
      return sendingOver(state);
    case 'notice':
      return withNotice(state, what.text, nowMs, what.isWarning);
    default:
      return what satisfies never;
  }
}

/** Events of files do not say whose they are: the log knows its own. */
function isAbout({ params }: GravyEvent, { contact }: ConversationState): boolean {
  if ('message' in params && typeof params.message === 'object') {
    return params.message.contact === contact.id;
  }
  return !('contact' in params) || params.contact === contact.id;
}

function takeEvent(state: ConversationState, event: GravyEvent, nowMs: number): ConversationState {
  switch (event.method) {
    case 'session.opened':
    case 'session.closed':
    case 'session.retrying':
    case 'session.gaveUp':
      return afterSessionEvent(state, event, nowMs);
    case 'message.received': {
      const log = withMessage(state.log, event.params.message);
      return { ...state, log, typingAt: undefined };
    }
    case 'message.state': {
      const { id, state: told } = event.params;
      const log = withState(state.log, id, told);
      if (log !== undefined) return { ...state, log };
      if (state.sending === 0) return state;
      return { ...state, early: new Map(state.early).set(id, told) };
    }
    case 'file.progress': {
      const { id, bytes, bytesPerSecond } = event.params;
      const log = withFile(state.log, id, { state: 'transferring', bytes }, bytesPerSecond);
      return { ...state, log };
    }
    case 'file.completed': {
      const { id, path } = event.params;
      const where = path === undefined ? {} : { path };
      return { ...state, log: withFile(state.log, id, { state: 'done', ...where }) };
    }
    case 'file.failed': {
      const { id, state: told, reason } = event.params;
      return { ...state, log: withFile(state.log, id, { state: told, reason }) };
    }
    case 'typing':
      return { ...state, typingAt: nowMs };
    // Those that lead to a new reading are seen to by whoever reads; the others are of the frame.
    case 'file.offered':
    case 'contact.changed':
    case 'contact.stranded':
    case 'request.received':
    case 'invite.changed':
    case 'host.changed':
    case 'account.closed':
      return state;
    default:
      return event satisfies never;
  }
}

function sendingOver(state: ConversationState): ConversationState {
  const sending = state.sending - 1;
  return { ...state, sending, early: sending === 0 ? new Map() : state.early };
}

function firstUnread(log: Log, unread: number): string | undefined {
  if (unread === 0) return undefined;
  const received = log.entries.flatMap((entry) =>
    entry.kind === 'message' && entry.message.direction === 'in' ? [entry.message.id] : [],
  );
  return received.at(-unread) ?? received[0];
}

/** Whether a message of this id is shown. */
export function hasMessage(state: ConversationState, id: string): boolean {
  return messageOf(state.log, id) !== undefined;
}
