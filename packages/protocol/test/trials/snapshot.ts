import { secretsIn, type SessionState } from '../../src/record/session-state.js';
import { toHex } from '../vector-file.js';

/** Everything of a state that a rejection must leave as it was. */
export function snapshotOf(state: SessionState): string {
  const bytes = secretsIn(state).filter((secret) => secret instanceof Uint8Array);
  const { sending, receiving, usage, hasClosed, peerClose, rekey } = state;
  const positions = [sending, receiving].map(({ epoch, sequence, recordsInEpoch }) => [
    epoch,
    sequence,
    recordsInEpoch,
  ]);
  return JSON.stringify([
    bytes.map(toHex),
    positions,
    usage,
    hasClosed,
    peerClose,
    rekey !== undefined,
  ]);
}
