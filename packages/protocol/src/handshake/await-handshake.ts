// The server's side of the handshake, msg1 and msg2: Spec 2.2 and 2.4.
//
//   awaitHandshake --> ServerAwaitingHello --msg1, msg2--> ServerAwaitingProof --msg3--> PeerProven
//   PeerProven --accept(), msg4--> Session        PeerProven --reject()--> nothing is sent
//
// Each step is used once; one that fails is spent and erased.
import { KEY_BYTES } from '../backend/lengths.js';
import { concatBytes, copyBytes } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { agreeAsOwnKey, type OwnKey } from '../identity-key/own-key.js';
import { agreeOrRefuse } from './agree-or-refuse.js';
import { encapsulateTo, withSeed } from '../random-source.js';
import { attemptOf, type Attempt, type AttemptOptions } from './attempt.js';
import { sealTag } from './authentication.js';
import { malformedMessage } from './handshake-errors.js';
import { decodeHello, helloMacKey, type Hello, type HelloMacKey } from './hello.js';
import { matchInvite, type OpenInvite } from './invite-match.js';
import { extendHash, handshakeKey, helloHash, messageKey, staticKey } from './key-schedule.js';
import { encodeUntaggedReply } from './reply.js';
import { ServerAwaitingProof } from './server-awaiting-proof.js';
import { SingleUse } from './single-use.js';

/** As whom the server answers, and whom it may let in by an invite. */
export interface ServerHandshakeOptions<Invite = never> extends AttemptOptions {
  /**
   * The open invites, at most 32, or a function asked for them once mac1 is valid. They are done with in the same turn of the event
   * loop. The time to an answer grows with their number: who does not want it known gives always as many.
   */
  readonly invites?:
    | readonly OpenInvite<Invite>[]
    | (() => readonly OpenInvite<Invite>[])
    | undefined;
  /** Called once mac1 is valid, before any public-key work; false ends the handshake with `not_admitted`. */
  readonly onPlausible?: (() => boolean) | undefined;
}

/** The key of mac1 for each of our ids: half the cost of refusing a message that is not meant for us. */
const macKeys = new WeakMap<OwnKey, HelloMacKey>();

function macKeyOf({ ownKey, backend }: Attempt): HelloMacKey {
  const known = macKeys.get(ownKey) ?? helloMacKey(backend, ownKey.id);
  macKeys.set(ownKey, known);
  return known;
}

/** Prepares to answer one client. */
export function awaitHandshake<Invite = never>(
  options: ServerHandshakeOptions<Invite>,
): ServerAwaitingHello<Invite> {
  return new ServerAwaitingHello(options);
}

/** The server waits for msg1. */
export class ServerAwaitingHello<Invite> {
  readonly #use = new SingleUse();
  readonly #attempt: Attempt;
  readonly #options: ServerHandshakeOptions<Invite>;

  constructor(options: ServerHandshakeOptions<Invite>) {
    this.#attempt = attemptOf(options);
    this.#options = options;
  }

  /**
   * Takes msg1 and gives msg2. Throws `malformed_message`, `not_addressed_to_us`, `not_admitted` or `peer_not_authentic`
   * (a key nobody can own); the answer on the wire is always the same: none. Once only: then `misuse`.
   */
  receive(message: Uint8Array): {
    readonly message: Uint8Array;
    readonly next: ServerAwaitingProof<Invite>;
  } {
    return this.#use.spend(() => {
      const { backend, ownKey } = this.#attempt;
      const ownId = ownKey.id;
      const hello = decodeHello(backend, macKeyOf(this.#attempt), message);
      if (this.#options.onPlausible?.() === false) {
        throw new ProtocolError('not_admitted', 'Too many handshakes at once.');
      }
      const { invites = [] } = this.#options;
      const open = typeof invites === 'function' ? invites() : invites;
      const match = matchInvite(backend, hello, open);
      this.#use.hold(match.psk);
      return this.#reply(hello, helloHash(backend, ownId, message), match);
    });
  }

  /** Gives the attempt up. */
  erase(): void {
    this.#use.erase();
  }

  #reply(
    hello: Hello,
    hashHello: Uint8Array,
    { invite, psk }: { readonly invite: Invite | undefined; readonly psk: Uint8Array },
  ): { readonly message: Uint8Array; readonly next: ServerAwaitingProof<Invite> } {
    const { backend, ownKey } = this.#attempt;
    const use = this.#use;
    const staticSecret = use.hold(agreeOrRefuse(() => agreeAsOwnKey(ownKey, hello.ephemeralKey)));
    const ephemeral = use.hold(
      withSeed(this.#attempt, 'server.x25519', KEY_BYTES, (seed) => backend.agreementKeyPair(seed)),
    );
    const ephemeralSecret = use.hold(agreeOrRefuse(() => ephemeral.agree(hello.ephemeralKey)));
    const encapsulation = encapsulateTo(this.#attempt, 'server.mlkem', hello.encapsulationKey);
    // A key that fails the modulus check.
    if (!encapsulation) throw malformedMessage();
    const { ciphertext, sharedSecret } = encapsulation;
    use.hold(sharedSecret);

    const untagged = encodeUntaggedReply(ephemeral.publicKey, ciphertext);
    const hashUntagged = extendHash(backend, hashHello, untagged);
    const secrets = {
      staticKey: use.hold(staticKey(backend, staticSecret, hashHello)),
      kemSecret: sharedSecret,
      ephemeralSecret,
      psk,
    };
    const key = use.hold(handshakeKey(backend, secrets, hashUntagged));
    const tagKey = use.hold(messageKey(backend, key, 'gravy/1 k2'));
    const tag = sealTag(backend, { key: tagKey, hash: hashUntagged });
    const hashReply = extendHash(backend, hashUntagged, tag);
    const next = new ServerAwaitingProof(this.#attempt, { key: copyBytes(key), hashReply, invite });
    return { message: concatBytes(untagged, tag), next };
  }
}
