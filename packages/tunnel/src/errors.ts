/**
 * Why there is no tunnel, or no more:
 *
 * - `cloudflared_missing`: cloudflared was not found. Install it (`installCloudflared`, or by hand), or say where it is.
 * - `cloudflared_unusable`: what was found does not run, is not cloudflared, or is too old. Replace it.
 * - `install_failed`: it could not be downloaded, or is not what the release promises. Try again, or install it by hand.
 * - `rate_limited`: too many quick tunnels were asked for from this address. Wait for `retryAfterMs`; trying at once makes it worse.
 * - `api_unreachable`: the service that gives quick tunnels cannot be reached. Check the network.
 * - `service_down`: that service answers, but gives no tunnel. Wait, or use a named tunnel.
 * - `edge_unreachable`: no connection to Cloudflare's edge. A firewall stops port 7844 (UDP and TCP).
 * - `no_answer`: cloudflared was started and said nothing in time. Try again.
 * - `exited`: cloudflared ended by itself, for a reason that is not known here. Try again; look at what it prints by hand.
 * - `updated_itself`: cloudflared replaced itself with a newer version and ended. Try again.
 * - `connection_lost`: the tunnel was up, then without a connection for too long.
 * - `not_reachable`: the edge has the tunnel, but its public name does not lead here. Try again; for a named tunnel check its settings.
 * - `token_unusable`: the token file cannot be read, or its token was refused. Copy the token again.
 * - `watchdog_failed`: the process that ends cloudflared if this program dies did not start. Nothing was started without it.
 * - `folder_unusable`: the folder for records cannot be written. Check its permissions and the disk.
 * - `aborted`: the caller's signal, or `close`, ended the attempt.
 * - `misuse`: the caller broke the contract (a port, path, hostname or option that cannot be). Fix the call.
 */
export type TunnelErrorCode =
  | 'cloudflared_missing'
  | 'cloudflared_unusable'
  | 'install_failed'
  | 'rate_limited'
  | 'api_unreachable'
  | 'service_down'
  | 'edge_unreachable'
  | 'no_answer'
  | 'exited'
  | 'updated_itself'
  | 'connection_lost'
  | 'not_reachable'
  | 'token_unusable'
  | 'watchdog_failed'
  | 'folder_unusable'
  | 'aborted'
  | 'misuse';

/** The one error class of this package. Switch on `code`; `message` is for people, and says what to do. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: TunnelErrorCode;
  /** With `rate_limited`: how long to leave the service alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: TunnelErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}
