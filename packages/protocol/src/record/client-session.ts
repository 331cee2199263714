// The client's session: it starts rekeys (Spec 4.1).
import type { Entropy } from '../random-source.js';
import { LiveState } from './live-state.js';
import { openAsClient } from './open-as-client.js';
import { sealRekeyStart } from './seal-as-client.js';
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
    const { frame, next } = sealRekeyStart(this.#entropy, this.#live.current, timeMs);
    this.#live.commit(next);
    return frame;
  }
}
