// The client's session: it starts rekeys (Spec 4.1).
import { ProtocolError } from '../errors.js';
import { MAX_EPOCH } from '../limits.js';
import type { Entropy } from '../random-source.js';
import { PROTOCOL_KIND } from './kind.js';
import { LiveState } from './live-state.js';
import { openAsClient } from './open-as-client.js';
import { startRekey } from './rekey/outstanding-rekey.js';
import { sealNext } from './seal-next.js';
import { SharedSession } from './shared-session.js';
import type { SessionSecrets } from './session-secrets.js';
import { startClientState, type ClientState } from './session-state.js';

/** The session of the side that dialled. */
export class ClientSession extends SharedSession<ClientState> {
  readonly role = 'client';
  readonly #entropy: Entropy;
  readonly #live: LiveState<ClientState>;

  /** The secrets are the session's from here on. */
  constructor(peerId: Uint8Array, entropy: Entropy, secrets: SessionSecrets) {
    const live = new LiveState(startClientState(secrets));
    super({
      peerId,
      backend: entropy.backend,
      live,
      open: (state, frame) => openAsClient(entropy, state, frame),
    });
    this.#entropy = entropy;
    this.#live = live;
  }

  /** Whether a REKEY1 waits for its REKEY2. */
  get isRekeyOutstanding(): boolean {
    return this.#live.last.rekey !== undefined;
  }

  /**
   * Seals REKEY1. The session goes on as it is, until it opens the REKEY2 that answers: from there on both directions are of
   * the next epoch. Throws `misuse` while one is outstanding, `limit_reached` at the last epoch, and as `seal` does.
   */
  sealRekeyStart(timeMs: number): Uint8Array {
    const state = this.#live.current;
    if (state.rekey) throw new ProtocolError('misuse', 'A rekey is under way already.');
    const epoch = state.sending.epoch + 1;
    if (epoch >= MAX_EPOCH) {
      throw new ProtocolError('limit_reached', 'This session has had its last epoch. Close it.');
    }
    const rekey = startRekey(this.#entropy, epoch);
    const record = { kind: PROTOCOL_KIND.rekey1, body: rekey.rekey1, timeMs };
    const { frame, next } = sealNext(this.#entropy.backend, state, record);
    this.#live.commit({ ...next, rekey });
    return frame;
  }
}
