// Opening the next record of a session: Spec 3.5. What a record means for a rekey is the roles' to say.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { wipe } from '../bytes.js';
import { MAX_RECORDS_PER_EPOCH, MAX_SEQUENCE } from '../limits.js';
import { decodeCloseBody } from './close-body.js';
import { openRecord, type Direction } from './direction.js';
import { countRecord } from './epoch-usage.js';
import { isApplicationKind, PROTOCOL_KIND } from './kind.js';
import { interpretClose } from './peer-close.js';
import type { ReceivedRecord } from './received-record.js';
import { rejectedRecord } from './session-errors.js';
import type { SessionState } from './session-state.js';

export interface Opened<State extends SessionState> {
  readonly record: ReceivedRecord;
  readonly next: State;
}

/** What a record of kind 16 to 18 does to a state. Undefined: it is malformed or misplaced. */
type Rekeying<State> = (state: State, record: ReceivedRecord) => State | undefined;

/**
 * Opens `frame` as the next record of `receiving`. Throws `record_rejected`; `state` is left as it was, and what was
 * derived meanwhile is erased.
 */
export function openNext<State extends SessionState>(
  backend: CryptoBackend,
  state: State,
  {
    frame,
    receiving,
    rekeying,
  }: {
    readonly frame: Uint8Array;
    readonly receiving: Direction;
    readonly rekeying: Rekeying<State>;
  },
): Opened<State> {
  const isFull =
    receiving.recordsInEpoch >= MAX_RECORDS_PER_EPOCH || receiving.sequence >= MAX_SEQUENCE;
  if (state.peerClose || isFull) throw rejectedRecord();
  const { record, next: advanced } = openRecord(backend, receiving, frame);
  const usage = countRecord(state.usage, record.kind, frame.length);
  const next = judge({ ...state, receiving: advanced, usage }, record, rekeying);
  // A REKEY2 ends the chain it came by.
  if (next?.receiving !== advanced) wipe(advanced.chainKey);
  if (!next) throw rejectedRecord();
  return { record, next };
}

/** Checks a record before it counts. Undefined: it is unknown, malformed or misplaced. */
function judge<State extends SessionState>(
  state: State,
  record: ReceivedRecord,
  rekeying: Rekeying<State>,
): State | undefined {
  const { kind, body } = record;
  if (isApplicationKind(kind)) return state;
  switch (kind) {
    case PROTOCOL_KIND.ping:
    case PROTOCOL_KIND.pong:
      return body.length === 0 ? state : undefined;
    case PROTOCOL_KIND.rekey1:
    case PROTOCOL_KIND.rekey2:
    case PROTOCOL_KIND.rekeyRequest:
      return rekeying(state, record);
    case PROTOCOL_KIND.close:
      return acceptClose(state, body);
    default:
      return undefined;
  }
}

function acceptClose<State extends SessionState>(
  state: State,
  body: Uint8Array,
): State | undefined {
  const close = decodeCloseBody(body);
  const own = { sentCount: state.sending.sequence, hasClosed: state.hasClosed };
  const peerClose = close && interpretClose(close, own);
  return peerClose && { ...state, peerClose };
}
