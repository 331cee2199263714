import type { CloseCode } from '../record/close-code.js';

/**
 * How a channel ended (Spec 5.2 to 5.4).
 *
 * - `closed_by_us`, `closed_by_peer`: by a CLOSE record with this code. `allArrived` tells whether the peer confirmed to have taken
 *   every record we sent before the end; if not, some may be missing (or were still on their way).
 * - `lost`: without a valid CLOSE. `cause` says what was seen: the connection ended, nothing came for 75 s, or the
 *   peer took nothing for 60 s.
 * - `protocol_error`: the peer sent what no correct peer sends; the connection was cut without an answer.
 */
export type ChannelEnd =
  | { readonly kind: 'closed_by_us'; readonly code: CloseCode; readonly allArrived: boolean }
  | { readonly kind: 'closed_by_peer'; readonly code: CloseCode; readonly allArrived: boolean }
  | { readonly kind: 'lost'; readonly cause: 'connection' | 'silence' | 'not_drained' }
  | { readonly kind: 'protocol_error' };
