import type { CloseReason, Role } from '../../api/schemas.js';
import {
  CLOSE_CODE,
  type ChannelEnd,
  type CloseCode,
  mayReconnectAfter,
} from '../ports/network.js';

/**
 * Whether a session in which this account was host or guest, and which ended like this, may be taken up again without the person
 * asking (Spec 5.3).
 */
export function mayReconnect(role: Role, end: ChannelEnd): boolean {
  switch (end.kind) {
    case 'lost':
    case 'protocol_error':
      return true;
    case 'closed_by_us':
      // After "shutdown" its guests come back, if it still hosts. A guest says it when it could not store what came, and must
      // come back itself: its host may not know where it is.
      return mayReconnectAfter(end.code) && (role === 'guest' || end.code !== CLOSE_CODE.shutdown);
    case 'closed_by_peer':
      return mayReconnectAfter(end.code);
    default:
      return end satisfies never;
  }
}

/** The words of the API for the end of a channel. */
export function reasonOf(end: ChannelEnd): CloseReason {
  switch (end.kind) {
    case 'lost':
      return 'lost';
    case 'protocol_error':
      return 'protocol_error';
    case 'closed_by_us':
      return end.code === CLOSE_CODE.normal ? 'exit' : reasonOfCode(end.code);
    case 'closed_by_peer':
      return reasonOfCode(end.code);
    default:
      return end satisfies never;
  }
}

function reasonOfCode(code: CloseCode): CloseReason {
  switch (code) {
    case CLOSE_CODE.normal:
      return 'peer_exit';
    case CLOSE_CODE.shutdown:
      return 'shutdown';
    case CLOSE_CODE.protocolError:
      return 'protocol_error';
    case CLOSE_CODE.rekeyTimeout:
      return 'rekey_timeout';
    case CLOSE_CODE.noLongerContact:
      return 'not_a_contact';
    case CLOSE_CODE.sessionAge:
      return 'session_age';
    case CLOSE_CODE.superseded:
      return 'superseded';
    case CLOSE_CODE.kicked:
      return 'kicked';
    default:
      return code satisfies never;
  }
}
