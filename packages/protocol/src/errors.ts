/**
 * Every way an operation of this package fails, by cause and remedy:
 *
 * - `misuse`: the caller broke the contract (a step used twice, a wrong length, a reserved kind). Fix the call.
 * - `invalid_peer_id`: the id is not the canonical encoding of a point on the curve. Ask for the id again.
 * - `unsafe_peer_id`: the id is one of the small-order points nobody can own. Refuse it; someone made it by hand.
 * - `malformed_message`: a handshake message has a wrong length, type, version or suite. Drop the connection.
 * - `not_addressed_to_us`: mac1 of the first message is not made with our id. Drop the connection.
 * - `not_admitted`: our own limit (`onPlausible`) refused to go on with a handshake. Drop the connection.
 * - `peer_not_authentic`: the far end could not prove that it is the peer expected (or, with an invite,
 *   the invite was used or has expired: dial once more without it). Compare ids with the peer.
 * - `not_accepted`: the server dropped us after we had proven who we are. Ask the peer to accept this id.
 * - `connection_lost`: the connection ended before the handshake did. Dial again.
 * - `timeout`: the peer was too slow. Dial again.
 * - `aborted`: the caller's signal ended the attempt.
 * - `record_rejected`: a received record is not the next valid one; the session is over. Connect again.
 * - `session_over`: the session has been closed, erased or has rejected a record. Connect again.
 * - `limit_reached`: no more records may be sent under these keys. Close the session and connect again.
 */
export type ProtocolErrorCode =
  | 'misuse'
  | 'invalid_peer_id'
  | 'unsafe_peer_id'
  | 'malformed_message'
  | 'not_addressed_to_us'
  | 'not_admitted'
  | 'peer_not_authentic'
  | 'not_accepted'
  | 'connection_lost'
  | 'timeout'
  | 'aborted'
  | 'record_rejected'
  | 'session_over'
  | 'limit_reached';

/** The one error class of this package. Switch on `code`; `message` is for people. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options?.cause === undefined ? undefined : options);
    this.code = code;
  }
}
