// msg2 and msg3 of the client: Spec 2.5 and 2.6.
import type { AgreementKeyPair, KemKeyPair } from '../backend/crypto-backend.js';
import { copyBytes } from '../bytes.js';
import { signAsOwnKey } from '../identity-key/own-key.js';
import { CLIENT_AUTH_CONTEXT } from '../identity-key/signature-input.js';
import { agreeOrRefuse } from './agree-or-refuse.js';
import type { ClientAttempt } from './attempt.js';
import {
  authenticationBody,
  isTagValid,
  NONCE_BYTES,
  OWN_FEATURES,
  sealProof,
} from './authentication.js';
import { notAuthentic } from './handshake-errors.js';
import { ClientAwaitingAcceptance } from './client-awaiting-acceptance.js';
import { extendHash, handshakeKey, messageKey } from './key-schedule.js';
import { decodeReply, type Reply } from './reply.js';
import { SingleUse } from './single-use.js';

interface ClientSecrets {
  readonly agreement: AgreementKeyPair;
  readonly kem: KemKeyPair;
  /** ck1 */
  readonly key: Uint8Array;
  readonly psk: Uint8Array;
}

/** The client has sent msg1 and waits for msg2. */
export class ClientAwaitingReply {
  readonly #use: SingleUse;
  readonly #attempt: ClientAttempt;
  readonly #secrets: ClientSecrets;
  readonly #hashHello: Uint8Array;

  constructor(attempt: ClientAttempt, secrets: ClientSecrets, hashHello: Uint8Array) {
    this.#use = new SingleUse(secrets.agreement, secrets.kem, secrets.key, secrets.psk);
    this.#attempt = attempt;
    this.#secrets = secrets;
    this.#hashHello = hashHello;
  }

  /**
   * Takes msg2 and gives msg3. Throws `malformed_message`, or `peer_not_authentic` before anything about this
   * identity has been made into a message. Once only: then `misuse`.
   */
  receive(message: Uint8Array): {
    readonly message: Uint8Array;
    readonly next: ClientAwaitingAcceptance;
  } {
    return this.#use.spend(() => {
      const { backend } = this.#attempt;
      const reply = decodeReply(message);
      const hashUntagged = extendHash(backend, this.#hashHello, reply.untagged);
      const key = this.#use.hold(this.#handshakeKey(reply, hashUntagged));
      const tagKey = this.#use.hold(messageKey(backend, key, 'gravy/1 k2'));
      // The server proves itself before anything of this identity leaves the machine.
      if (!isTagValid(backend, { key: tagKey, hash: hashUntagged }, reply.tag)) {
        throw notAuthentic();
      }
      return this.#prove(key, extendHash(backend, hashUntagged, reply.tag));
    });
  }

  /** Gives the attempt up and overwrites its secrets. */
  erase(): void {
    this.#use.erase();
  }

  /** ck */
  #handshakeKey(reply: Reply, hashUntagged: Uint8Array): Uint8Array {
    const { agreement, kem, key, psk } = this.#secrets;
    const ephemeralSecret = this.#use.hold(
      agreeOrRefuse(() => agreement.agree(reply.ephemeralKey)),
    );
    const kemSecret = this.#use.hold(kem.decapsulate(reply.ciphertext));
    const secrets = { staticKey: key, kemSecret, ephemeralSecret, psk };
    return handshakeKey(this.#attempt.backend, secrets, hashUntagged);
  }

  #prove(
    key: Uint8Array,
    hash: Uint8Array,
  ): { readonly message: Uint8Array; readonly next: ClientAwaitingAcceptance } {
    const { backend, ownKey, peerId, random } = this.#attempt;
    const ownId = ownKey.id;
    const nonce = random('client.nonce', NONCE_BYTES);
    const body = authenticationBody(hash, { signer: ownId, other: peerId }, nonce, OWN_FEATURES);
    const signature = signAsOwnKey(ownKey, CLIENT_AUTH_CONTEXT, body);
    const proofKey = this.#use.hold(messageKey(backend, key, 'gravy/1 k3'));
    const own = { nonce, features: OWN_FEATURES, signature };
    const message = sealProof(backend, { key: proofKey, hash }, ownId, own);
    const hashProof = extendHash(backend, hash, message);
    const next = new ClientAwaitingAcceptance(this.#attempt, ownId, copyBytes(key), hashProof);
    return { message, next };
  }
}
