// What the server receives: Spec 3.5, with its part of Spec 4.4 and 4.5.
import { MAX_EPOCH } from '../limits.js';
import type { Entropy } from '../random-source.js';
import { enterNextEpoch } from './direction.js';
import { decodeHeader } from './header.js';
import { PROTOCOL_KIND } from './kind.js';
import { openNext, type Opened } from './open-next.js';
import type { ReceivedRecord } from './received-record.js';
import { answerRekey } from './rekey/rekey-answer.js';
import type { ServerState } from './session-state.js';

/** Throws `record_rejected`; `state` is left as it was. */
export function openAsServer(
  entropy: Entropy,
  state: ServerState,
  frame: Uint8Array,
): Opened<ServerState> {
  const { receiving, rekey } = state;
  const rekeying = (current: ServerState, record: ReceivedRecord): ServerState | undefined =>
    takeRekeying(entropy, current, record);
  // After REKEY2 the client's records may be of either epoch, until the first of the new one has opened (Spec 4.4).
  if (rekey?.kind === 'answered' && decodeHeader(frame)?.epoch === receiving.epoch + 1) {
    return openNext(
      entropy.backend,
      { ...state, rekey: undefined },
      {
        frame,
        receiving: enterNextEpoch(receiving, rekey.nextReceivingKey),
        rekeying,
      },
    );
  }
  return openNext(entropy.backend, state, { frame, receiving, rekeying });
}

function takeRekeying(
  entropy: Entropy,
  state: ServerState,
  { kind, body }: ReceivedRecord,
): ServerState | undefined {
  const epoch = state.receiving.epoch + 1;
  if (kind !== PROTOCOL_KIND.rekey1 || state.rekey || epoch >= MAX_EPOCH) return undefined;
  const { root, sessionId } = state;
  const answer = answerRekey(entropy, { root, sessionId, epoch }, body);
  return answer && { ...state, rekey: { kind: 'owed', answer } };
}
