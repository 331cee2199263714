// The server's session: it answers rekeys, and may ask for one (Spec 4.1).
import { ProtocolError } from '../errors.js';
import type { Entropy } from '../random-source.js';
import { enterNextEpoch } from './direction.js';
import { UNUSED_EPOCH } from './epoch-usage.js';
import { PROTOCOL_KIND } from './kind.js';
import { LiveState } from './live-state.js';
import { openAsServer } from './open-as-server.js';
import { sealNext } from './seal-next.js';
import { SharedSession } from './shared-session.js';
import type { SessionSecrets } from './session-secrets.js';
import { startServerState, type ServerState } from './session-state.js';

const NO_BODY = new Uint8Array(0);

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
    const { rekey, hasRequestedRekey } = this.#live.last;
    return !rekey && !hasRequestedRekey;
  }

  /** Seals REKEY2, the last record from this side in its epoch. Throws `misuse` unless one is owed, and as `seal` does. */
  sealRekeyAnswer(timeMs: number): Uint8Array {
    const state = this.#live.current;
    const { rekey } = state;
    if (rekey?.kind !== 'owed') throw new ProtocolError('misuse', 'No rekey waits for an answer.');
    const { rekey2, root, clientToServer, serverToClient } = rekey.answer;
    const record = { kind: PROTOCOL_KIND.rekey2, body: rekey2, timeMs };
    const { frame, next } = sealNext(this.#entropy.backend, state, record);
    this.#live.commit({
      ...next,
      root,
      sending: enterNextEpoch(next.sending, serverToClient),
      rekey: { kind: 'answered', nextReceivingKey: clientToServer },
      usage: UNUSED_EPOCH,
      hasRequestedRekey: false,
    });
    return frame;
  }

  /** Seals REKEY_REQ: asks the client to start a rekey. Throws `misuse` unless `mayRequestRekey`, and as `seal` does. */
  sealRekeyRequest(timeMs: number): Uint8Array {
    const state = this.#live.current;
    if (!this.mayRequestRekey) throw new ProtocolError('misuse', 'A rekey is under way already.');
    const record = { kind: PROTOCOL_KIND.rekeyRequest, body: NO_BODY, timeMs };
    const { frame, next } = sealNext(this.#entropy.backend, state, record);
    this.#live.commit({ ...next, hasRequestedRekey: true });
    return frame;
  }
}
