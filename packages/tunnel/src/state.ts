import type { TunnelError } from './errors.js';

/**
 * What a tunnel is doing.
 *
 * ```
 * starting -> registered -> reachable <-> degraded
 *    ^                          |            |
 *    |                          v            v
 *    '------ (after a pause) restarting <----'     a new process; a quick tunnel gets a new URL
 *
 * closed comes from every state: by `close`, or a failure that a new process does not mend.
 * ```
 */
export type TunnelState =
  /** cloudflared is being started: for the first time, again, or with `http2` because QUIC got no connection. */
  | { readonly kind: 'starting'; readonly protocol: TunnelProtocol }
  /** The edge has a connection. The name is not to be looked up, shown or shared yet. */
  | { readonly kind: 'registered' }
  /**
   * The URL may be shared. `isConfirmed` is false if the edge has its connection but this machine could not open the
   * URL itself: its resolver or network may block the domain, which others' need not.
   */
  | { readonly kind: 'reachable'; readonly url: string; readonly isConfirmed: boolean }
  /** The edge has lost its connection; cloudflared tries again by itself. Often over in seconds. */
  | { readonly kind: 'degraded'; readonly url: string }
  /** The process is given up or gone. A new one starts in `delayMs`. */
  | { readonly kind: 'restarting'; readonly reason: TunnelError; readonly delayMs: number }
  /** There is no process any more, and will be none. Without `reason`, `close` was called. */
  | { readonly kind: 'closed'; readonly reason: TunnelError | undefined };

/** `auto` is QUIC first, then HTTP/2. */
export type TunnelProtocol = 'auto' | 'http2';

/** What happens to a tunnel, in order. */
export type TunnelEvent =
  | { readonly kind: 'state'; readonly state: TunnelState }
  /** From now on this is the URL to share; `previousUrl`, if there was one, leads nowhere any more. */
  | { readonly kind: 'url'; readonly url: string; readonly previousUrl: string | undefined };
