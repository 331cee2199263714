import { ProtocolError } from '../errors.js';

/** The connection ended before the handshake did. */
export function connectionLost(cause?: unknown): ProtocolError {
  return new ProtocolError('connection_lost', 'The connection has ended. Connect again.', {
    cause,
  });
}
