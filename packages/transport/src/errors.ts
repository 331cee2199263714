/**
 * Why there is no connection, or no more:
 *
 * - `port_in_use`: another program listens there. Take another port, or 0.
 * - `port_forbidden`: this user may not listen on the port. Take one above 1023.
 * - `address_unavailable`: the host name to listen on is not an address of this machine.
 * - `invalid_url`: the text is not a URL that can be dialled. Correct it.
 * - `not_public`: the name or address leads to this machine or a network around it, and only public ones were asked for. Nothing
 *   was sent. Dial without `publicOnly` what the user gave by hand.
 * - `unreachable`: nothing answered, or not in time. Check address and network.
 * - `refused_by_server`: something answered with an HTTP status (`status`) instead of a WebSocket; 404 means that nobody listens
 *   on this path.
 * - `aborted`: the caller's signal ended the attempt.
 * - `connection_lost`: the connection has ended, or took nothing for 60 s. Dial again.
 */
export type TransportErrorCode =
  | 'port_in_use'
  | 'port_forbidden'
  | 'address_unavailable'
  | 'invalid_url'
  | 'not_public'
  | 'unreachable'
  | 'refused_by_server'
  | 'aborted'
  | 'connection_lost';

/** The one error class of this package. Switch on `code`; `message` is for people. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;
  /** With `refused_by_server`: the HTTP status. */
  readonly status: number | undefined;

  constructor(
    code: TransportErrorCode,
    message: string,
    options: { cause?: unknown; status?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}
