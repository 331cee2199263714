// What the peer's CLOSE says: Spec 5.2.
import type { CloseBody } from './close-body.js';
import type { CloseCode } from './close-code.js';

/** The CLOSE of the peer. */
export interface PeerClose {
  readonly code: CloseCode;
  /** Whether it answers our CLOSE; its code is then no reason. */
  readonly isAnswer: boolean;
  /** Whether the peer took every record sent before our CLOSE, if there was one. */
  readonly allArrived: boolean;
}

/** Undefined if the peer counts more records than were sent. `sentCount` includes our CLOSE. */
export function interpretClose(
  { code, receivedCount }: CloseBody,
  own: { readonly sentCount: number; readonly hasClosed: boolean },
): PeerClose | undefined {
  if (receivedCount > own.sentCount) return undefined;
  return {
    code,
    // An answer counts the CLOSE that it answers; a CLOSE that crossed ours on the way cannot.
    isAnswer: own.hasClosed && receivedCount === own.sentCount,
    allArrived: receivedCount >= own.sentCount - Number(own.hasClosed),
  };
}
