// msg4 of the client: Spec 2.8.
import { SERVER_AUTH_CONTEXT, signatureInput } from '../identity-key/signature-input.js';
import { verifyMessageStrict } from '../identity-key/verify-strict.js';
import { ClientSession } from '../record/client-session.js';
import type { ClientAttempt } from './attempt.js';
import { authenticationBody, openAcceptance } from './authentication.js';
import { notAuthentic } from './handshake-errors.js';

import { extendHash, messageKey, sessionSecrets } from './key-schedule.js';
import { SingleUse } from './single-use.js';

/** The client has sent msg3 and waits for msg4. */
export class ClientAwaitingAcceptance {
  readonly #use: SingleUse;
  readonly #attempt: ClientAttempt;
  readonly #ownId: Uint8Array;
  /** ck */
  readonly #key: Uint8Array;
  readonly #hashProof: Uint8Array;

  constructor(attempt: ClientAttempt, ownId: Uint8Array, key: Uint8Array, hashProof: Uint8Array) {
    this.#use = new SingleUse(key);
    this.#attempt = attempt;
    this.#ownId = ownId;
    this.#key = key;
    this.#hashProof = hashProof;
  }

  /**
   * Takes msg4: only now is the server known to have accepted this identity.
   * Throws `malformed_message` or `peer_not_authentic`. Once only: then `misuse`.
   */
  receive(message: Uint8Array): ClientSession {
    return this.#use.spend(() => {
      const { backend, peerId } = this.#attempt;
      const hash = this.#hashProof;
      const acceptanceKey = this.#use.hold(messageKey(backend, this.#key, 'gravy/1 k4'));
      const peer = openAcceptance(backend, { key: acceptanceKey, hash }, message);
      const ids = { signer: peerId, other: this.#ownId };
      const body = authenticationBody(hash, ids, peer.nonce, peer.features);
      const signed = signatureInput(SERVER_AUTH_CONTEXT, body);
      if (!verifyMessageStrict(peerId, signed, peer.signature, backend)) throw notAuthentic();
      const secrets = sessionSecrets(backend, this.#key, extendHash(backend, hash, message));
      return new ClientSession(peerId, this.#attempt, secrets);
    });
  }

  /** Gives the attempt up and overwrites its secrets. */
  erase(): void {
    this.#use.erase();
  }
}
