import { ProtocolError } from '../errors.js';

/** A message of another length, type, version or suite: Spec 2.1. */
export function malformedMessage(): ProtocolError {
  return new ProtocolError('malformed_message', 'A handshake message is not one of version 1.');
}

/** One error for every cryptographic failure. */
export function notAuthentic(cause?: unknown): ProtocolError {
  return new ProtocolError(
    'peer_not_authentic',
    'The far end is not the expected peer (or the invite was used or has expired). Compare ids.',
    { cause },
  );
}
