import { describeBeginning, describeEnd } from '../../chat/session-notices.js';
import { escapeLine } from '../../terminal/escape.js';
import { afterEvent, type SessionEvent, sessionsOf } from './connection.js';
import type { ConversationState } from './conversation-state.js';
import { withEntry } from './log/log.js';

/** The line as it is now, and what a person should know of it in the log. */
export function afterSessionEvent(
  state: ConversationState,
  event: SessionEvent,
  nowMs: number,
): ConversationState {
  const connection = afterEvent(state.connection, event);
  const next = { ...state, connection };
  const name = escapeLine(state.contact.name);
  switch (event.method) {
    case 'session.opened': {
      // A second session beside the first is nothing that a person needs to know.
      if (sessionsOf(state.connection).length > 0) return next;
      const { role } = event.params;
      return withNotice(next, describeBeginning(name, role, state.contact.verified), nowMs);
    }
    case 'session.closed': {
      const { role, reason } = event.params;
      if (connection.kind === 'connected') return next;
      return withNotice({ ...next, typingAt: undefined }, describeEnd(name, role, reason), nowMs);
    }
    case 'session.gaveUp': {
      const text = `No more attempts to reach ${name}. ${escapeLine(event.params.message)}`;
      return withNotice(next, text, nowMs, true);
    }
    case 'session.retrying':
      // The line under the name counts down; the log would only grow.
      return next;
    default:
      return event satisfies never;
  }
}

/** The state with something that this program says, escaped, at the end of the log. */
export function withNotice(
  state: ConversationState,
  text: string,
  nowMs: number,
  isWarning = false,
): ConversationState {
  const tone = isWarning ? 'warning' : 'plain';
  return { ...state, log: withEntry(state.log, { kind: 'notice', at: nowMs, text, tone }) };
}
