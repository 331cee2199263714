// What only the client seals: Spec 4.1.
import { eraseAll } from '../erasable.js';
import { ProtocolError } from '../errors.js';
import { MAX_EPOCH } from '../limits.js';
import type { Entropy } from '../random-source.js';
import { PROTOCOL_KIND } from './kind.js';
import { startRekey } from './rekey/outstanding-rekey.js';
import { sealNext, type Sealed } from './seal-next.js';
import type { ClientState } from './session-state.js';

/** REKEY1. Throws `misuse` while one is outstanding, `limit_reached` at the last epoch, and as `sealNext` does. */
export function sealRekeyStart(
  entropy: Entropy,
  state: ClientState,
  timeMs: number,
): Sealed<ClientState> {
  if (state.rekey) throw new ProtocolError('misuse', 'A rekey is under way already.');
  const epoch = state.sending.epoch + 1;
  if (epoch >= MAX_EPOCH) {
    throw new ProtocolError('limit_reached', 'This session is at its limit. Close it.');
  }
  const rekey = startRekey(entropy, epoch);
  const record = { kind: PROTOCOL_KIND.rekey1, body: rekey.rekey1, timeMs };
  try {
    const { frame, next } = sealNext(entropy.backend, state, record);
    return { frame, next: { ...next, rekey } };
  } catch (error) {
    eraseAll([rekey.agreement, rekey.kem]);
    throw error;
  }
}
