// What only the server seals: Spec 4.1 and 4.3.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { NO_BYTES, wipe } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { enterNextEpoch } from './direction.js';
import { UNUSED_EPOCH } from './epoch-usage.js';
import { PROTOCOL_KIND } from './kind.js';
import { sealNext, type Sealed } from './seal-next.js';
import type { ServerState } from './session-state.js';

/** REKEY2. Throws `misuse` unless one is owed, and as `sealNext` does. */
export function sealRekeyAnswer(
  backend: CryptoBackend,
  state: ServerState,
  timeMs: number,
): Sealed<ServerState> {
  const { rekey } = state;
  if (rekey?.kind !== 'owed') throw new ProtocolError('misuse', 'No rekey is under way.');
  const { rekey2, root, clientToServer, serverToClient } = rekey.answer;
  const record = { kind: PROTOCOL_KIND.rekey2, body: rekey2, timeMs };
  const { frame, next } = sealNext(backend, state, record);
  // REKEY2 is the last record of its chain.
  wipe(next.sending.chainKey);
  return {
    frame,
    next: {
      ...next,
      root,
      sending: enterNextEpoch(next.sending, serverToClient),
      rekey: { kind: 'answered', nextReceivingKey: clientToServer },
      usage: UNUSED_EPOCH,
      hasRequestedRekey: false,
    },
  };
}

/** Whether REKEY_REQ makes sense: not asked in this epoch, and no rekey under way. */
export function mayRequestRekey({ rekey, hasRequestedRekey }: ServerState): boolean {
  return !rekey && !hasRequestedRekey;
}

/** REKEY_REQ. Throws `misuse` unless `mayRequestRekey`, and as `sealNext` does. */
export function sealRekeyRequest(
  backend: CryptoBackend,
  state: ServerState,
  timeMs: number,
): Sealed<ServerState> {
  if (!mayRequestRekey(state)) throw new ProtocolError('misuse', 'A rekey is under way already.');
  const record = { kind: PROTOCOL_KIND.rekeyRequest, body: NO_BYTES, timeMs };
  const { frame, next } = sealNext(backend, state, record);
  return { frame, next: { ...next, hasRequestedRekey: true } };
}
