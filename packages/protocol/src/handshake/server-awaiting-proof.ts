// msg3 of the server: Spec 2.6.
import { copyBytes } from '../bytes.js';
import { CLIENT_AUTH_CONTEXT, signatureInput } from '../identity-key/signature-input.js';
import { verifyMessageStrict } from '../identity-key/verify-strict.js';
import type { Attempt } from './attempt.js';
import { authenticationBody, openProof } from './authentication.js';
import { notAuthentic } from './handshake-errors.js';
import { extendHash, messageKey } from './key-schedule.js';
import { PeerProven } from './peer-proven.js';
import { SingleUse } from './single-use.js';

interface ReplySent<Invite> {
  /** ck */
  readonly key: Uint8Array;
  /** h2 */
  readonly hashReply: Uint8Array;
  readonly invite: Invite | undefined;
}

/** The server has sent msg2 and waits for msg3. */
export class ServerAwaitingProof<Invite> {
  readonly #use: SingleUse;
  readonly #attempt: Attempt;
  readonly #sent: ReplySent<Invite>;

  constructor(attempt: Attempt, sent: ReplySent<Invite>) {
    this.#use = new SingleUse(sent.key);
    this.#attempt = attempt;
    this.#sent = sent;
  }

  /**
   * Takes msg3. The signature is verified whoever it names, so that known and unknown ids take the same time.
   * Throws `malformed_message` or `peer_not_authentic`. Once only: then `misuse`.
   */
  receive(message: Uint8Array): PeerProven<Invite> {
    return this.#use.spend(() => {
      const { backend, ownKey } = this.#attempt;
      const { key, hashReply: hash, invite } = this.#sent;
      const proofKey = this.#use.hold(messageKey(backend, key, 'gravy/1 k3'));
      const { clientId, authentication } = openProof(backend, { key: proofKey, hash }, message);
      const ids = { signer: clientId, other: ownKey.id };
      const { nonce, features, signature } = authentication;
      const body = authenticationBody(hash, ids, nonce, features);
      const signed = signatureInput(CLIENT_AUTH_CONTEXT, body);
      if (!verifyMessageStrict(clientId, signed, signature, backend)) throw notAuthentic();
      return new PeerProven(this.#attempt, {
        key: copyBytes(key),
        hashProof: extendHash(backend, hash, message),
        peerId: clientId,
        invite,
      });
    });
  }

  /** Gives the attempt up and overwrites its secrets. */
  erase(): void {
    this.#use.erase();
  }
}
