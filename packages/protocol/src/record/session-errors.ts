import { ProtocolError } from '../errors.js';

/** One error for every reason a record is rejected: the peer, and a log, learn nothing about which. */
export function rejectedRecord(): ProtocolError {
  return new ProtocolError(
    'record_rejected',
    'A record is not the next valid one. The session is over: connect again.',
  );
}

export function sessionOver(cause?: unknown): ProtocolError {
  const message = 'The session is over: connect again.';
  return new ProtocolError('session_over', message, { cause });
}
