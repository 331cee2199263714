// The server's decision and msg4: Spec 2.7 and 2.8.
import { copyBytes } from '../bytes.js';
import { signAsOwnKey } from '../identity-key/own-key.js';
import { SERVER_AUTH_CONTEXT } from '../identity-key/signature-input.js';
import { ServerSession } from '../record/server-session.js';
import type { Attempt } from './attempt.js';
import { authenticationBody, NONCE_BYTES, OWN_FEATURES, sealAcceptance } from './authentication.js';
import { extendHash, messageKey, sessionSecrets } from './key-schedule.js';
import { SingleUse } from './single-use.js';

interface Proof<Invite> {
  /** ck */
  readonly key: Uint8Array;
  /** h3 */
  readonly hashProof: Uint8Array;
  readonly peerId: Uint8Array;
  readonly invite: Invite | undefined;
}

/** The client has proven who it is; whether it is welcome is the caller's to say. Until then nothing is sent. */
export class PeerProven<Invite> {
  /** The client's long-term id, 32 bytes. */
  readonly peerId: Uint8Array;
  /** The `key` of the open invite the client came with. */
  readonly invite: Invite | undefined;
  readonly #use: SingleUse;
  readonly #attempt: Attempt;
  readonly #proof: Proof<Invite>;

  constructor(attempt: Attempt, proof: Proof<Invite>) {
    this.peerId = copyBytes(proof.peerId);
    this.invite = proof.invite;
    this.#use = new SingleUse(proof.key);
    this.#attempt = attempt;
    this.#proof = proof;
  }

  /** Gives msg4 and the session, which may send at once after it. Throws `misuse` once decided. */
  accept(): { readonly message: Uint8Array; readonly session: ServerSession } {
    return this.#use.spend(() => {
      const { backend, ownKey, random } = this.#attempt;
      const { key, hashProof: hash, peerId } = this.#proof;
      const nonce = random('server.nonce', NONCE_BYTES);
      const ids = { signer: ownKey.id, other: peerId };
      const body = authenticationBody(hash, ids, nonce, OWN_FEATURES);
      const signature = signAsOwnKey(ownKey, SERVER_AUTH_CONTEXT, body);
      const acceptanceKey = this.#use.hold(messageKey(backend, key, 'gravy/1 k4'));
      const own = { nonce, features: OWN_FEATURES, signature };
      const message = sealAcceptance(backend, { key: acceptanceKey, hash }, own);
      const secrets = sessionSecrets(backend, key, extendHash(backend, hash, message));
      return { message, session: new ServerSession(peerId, this.#attempt, secrets) };
    });
  }

  /** Refuses the client: overwrites the secrets. The caller drops the connection without a word. */
  reject(): void {
    this.#use.erase();
  }
}
