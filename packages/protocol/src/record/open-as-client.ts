// What the client receives: Spec 3.5, with its part of Spec 4.4 and 4.5.
import type { Entropy } from '../random-source.js';
import { enterNextEpoch } from './direction.js';
import { UNUSED_EPOCH } from './epoch-usage.js';
import { PROTOCOL_KIND } from './kind.js';
import { openNext, type Opened } from './open-next.js';
import type { ReceivedRecord } from './received-record.js';
import { completeRekey } from './rekey/outstanding-rekey.js';
import type { ClientState } from './session-state.js';

/** Throws `record_rejected`; `state` is left as it was. */
export function openAsClient(
  entropy: Entropy,
  state: ClientState,
  frame: Uint8Array,
): Opened<ClientState> {
  return openNext(entropy.backend, state, {
    frame,
    receiving: state.receiving,
    rekeying: (current, record) => takeRekeying(entropy, current, record),
  });
}

function takeRekeying(
  entropy: Entropy,
  state: ClientState,
  { kind, body }: ReceivedRecord,
): ClientState | undefined {
  // Whether a REKEY1 answers the request, or one is outstanding anyway, is the caller's affair.
  if (kind === PROTOCOL_KIND.rekeyRequest) return body.length === 0 ? state : undefined;
  if (kind !== PROTOCOL_KIND.rekey2 || !state.rekey) return undefined;
  const secrets = completeRekey(entropy, state.rekey, state, body);
  return (
    secrets && {
      ...state,
      sending: enterNextEpoch(state.sending, secrets.clientToServer),
      receiving: enterNextEpoch(state.receiving, secrets.serverToClient),
      root: secrets.root,
      usage: UNUSED_EPOCH,
      rekey: undefined,
    }
  );
}
