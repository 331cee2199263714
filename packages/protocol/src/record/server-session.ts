// The server's session: it answers rekeys, and may ask for one (Spec 4.1).
import type { Entropy } from '../random-source.js';
import { LiveState } from './live-state.js';
import { openAsServer } from './open-as-server.js';
import { mayRequestRekey, sealRekeyAnswer, sealRekeyRequest } from './seal-as-server.js';
import { SharedSession } from './shared-session.js';
import type { SessionSecrets } from './session-secrets.js';
import { startServerState, type ServerState } from './session-state.js';

/** The session of the side that was dialled. */
export class ServerSession extends SharedSession<ServerState> {
  readonly role = 'server';
  readonly #entropy: Entropy;
  readonly #live: LiveState<ServerState>;

  /** The secrets are the session's from here on. */
  constructor(peerId: Uint8Array, entropy: Entropy, secrets: SessionSecrets) {
    const live = new LiveState(startServerState(secrets));
    super({
      peerId,
      backend: entropy.backend,
      live,
      open: (state, frame) => openAsServer(entropy, state, frame),
    });
    this.#entropy = entropy;
    this.#live = live;
  }

  /** Whether a REKEY1 has been opened that `sealRekeyAnswer` has not answered. */
  get isRekeyOwed(): boolean {
    return this.#live.last.rekey?.kind === 'owed';
  }

  /** Whether `sealRekeyRequest` makes sense: not asked in this epoch, and no rekey under way. */
  get mayRequestRekey(): boolean {
    return mayRequestRekey(this.#live.last);
  }

  /** Seals REKEY2, the last record from this side in its epoch. Throws `misuse` unless one is owed, and as `seal` does. */
  sealRekeyAnswer(timeMs: number): Uint8Array {
    const { current } = this.#live;
    const { frame, next } = sealRekeyAnswer(this.#entropy.backend, current, timeMs);
    this.#live.commit(next);
    return frame;
  }

  /** Seals REKEY_REQ: asks the client to start a rekey. Throws `misuse` unless `mayRequestRekey`, and as `seal` does. */
  sealRekeyRequest(timeMs: number): Uint8Array {
    const { current } = this.#live;
    const { frame, next } = sealRekeyRequest(this.#entropy.backend, current, timeMs);
    this.#live.commit(next);
    return frame;
  }
}
