// Which CLOSE is the reason of an end: Spec 5.2.
import { mayReconnectAfter, type CloseCode } from './close-code.js';
import type { PeerClose } from './peer-close.js';

export interface EndReason {
  readonly kind: 'closed_by_us' | 'closed_by_peer';
  readonly code: CloseCode;
}

/**
 * The code of the CLOSE that was not an answer. Of two, the one that forbids reconnecting; if that decides nothing, the higher
 * code, so that both ends name the same. `own` is undefined if our CLOSE was an answer or there was none.
 */
export function endReason(
  own: CloseCode | undefined,
  peer: PeerClose | undefined,
): EndReason | undefined {
  const ours = own === undefined ? undefined : ({ kind: 'closed_by_us', code: own } as const);
  const theirs =
    peer && !peer.isAnswer ? ({ kind: 'closed_by_peer', code: peer.code } as const) : undefined;
  if (!ours || !theirs) return ours ?? theirs;
  return weight(theirs.code) > weight(ours.code) ? theirs : ours;
}

function weight(code: CloseCode): number {
  return (mayReconnectAfter(code) ? 0 : 100) + code;
}
