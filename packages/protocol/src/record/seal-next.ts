// Sealing the next record of a session: Spec 3.1 and 3.2, within the limits of Spec 6.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { ProtocolError } from '../errors.js';
import { MAX_RECORDS_PER_EPOCH, MAX_SEQUENCE } from '../limits.js';
import { sealRecord } from './direction.js';
import { countRecord } from './epoch-usage.js';
import { PROTOCOL_KIND } from './kind.js';
import type { ReceivedRecord } from './received-record.js';
import { sessionOver } from './session-errors.js';
import type { SessionState } from './session-state.js';

export interface Sealed<State extends SessionState> {
  readonly frame: Uint8Array;
  readonly next: State;
}

/**
 * Throws `session_over` after our CLOSE, and for anything but CLOSE after the peer's; `misuse` for a time that is none;
 * `limit_reached` (the last record of an epoch, and of a session, is kept for CLOSE). The kind is the caller's to check.
 */
export function sealNext<State extends SessionState>(
  backend: CryptoBackend,
  state: State,
  record: ReceivedRecord,
): Sealed<State> {
  const isClose = record.kind === PROTOCOL_KIND.close;
  if (state.hasClosed || (state.peerClose && !isClose)) throw sessionOver();
  if (!Number.isSafeInteger(record.timeMs) || record.timeMs < 0) {
    throw new ProtocolError('misuse', 'A time is in whole milliseconds since 1970.');
  }
  const { recordsInEpoch, sequence } = state.sending;
  const kept = isClose ? 0 : 1;
  if (recordsInEpoch >= MAX_RECORDS_PER_EPOCH - kept || sequence >= MAX_SEQUENCE - kept) {
    throw new ProtocolError('limit_reached', 'This session is at its limit. Close it.');
  }
  const { frame, next: sending } = sealRecord(backend, state.sending, record);
  const usage = countRecord(state.usage, record.kind, frame.length);
  return { frame, next: { ...state, sending, usage, hasClosed: isClose } };
}
