// msg1 of the client: Spec 2.2.
//
//   startHandshake --msg1--> ClientAwaitingReply --msg2, msg3--> ClientAwaitingAcceptance --msg4--> Session
//
// Each step is used once; one that fails is spent and erased.
import { KEM_SEED_BYTES, KEY_BYTES } from '../backend/lengths.js';
import { copyBytes, wipe } from '../bytes.js';
import { peerAgreementKey } from '../identity-key/peer-id.js';
import { withSeed } from '../random-source.js';
import { attemptOf, type AttemptOptions } from './attempt.js';
import { ClientAwaitingReply } from './client-awaiting-reply.js';
import { encodeHello, helloMacKey, HINT_BYTES, hintsFor } from './hello.js';
import { helloHash, staticKey } from './key-schedule.js';
import { copyPsk, zeroPsk } from './psk.js';

/** Whom the client calls, as whom, and with which invite. */
export interface ClientHandshakeOptions extends AttemptOptions {
  /** The pinned id of the server, 32 bytes; copied. */
  readonly peerId: Uint8Array;
  /** The secret of the invite the client comes by: 32 random bytes, never a passphrase; copied. */
  readonly psk?: Uint8Array | undefined;
}

/**
 * Starts a handshake with the pinned server: gives msg1 and the step that takes msg2. Every attempt draws fresh keys.
 * Throws `misuse` (psk, or no Uint8Array), `invalid_peer_id` or `unsafe_peer_id`.
 */
export function startHandshake(options: ClientHandshakeOptions): {
  readonly message: Uint8Array;
  readonly next: ClientAwaitingReply;
} {
  const attempt = attemptOf(options);
  const { backend } = attempt;
  const peerKey = peerAgreementKey(options.peerId, backend);
  const peerId = copyBytes(options.peerId);
  const psk = options.psk ? copyPsk(options.psk) : zeroPsk();

  const agreement = withSeed(attempt, 'client.x25519', KEY_BYTES, (seed) =>
    backend.agreementKeyPair(seed),
  );
  const kem = withSeed(attempt, 'client.mlkem', KEM_SEED_BYTES, (seed) => backend.kemKeyPair(seed));
  const keys = { ephemeralKey: agreement.publicKey, encapsulationKey: kem.encapsulationKey };
  const hint = options.psk
    ? hintsFor(backend, keys)(psk)
    : attempt.random('client.hint', HINT_BYTES);
  const message = encodeHello(backend, helloMacKey(backend, peerId), { ...keys, hint });

  const hash = helloHash(backend, peerId, message);
  const staticSecret = agreement.agree(peerKey);
  const key = staticKey(backend, staticSecret, hash);
  wipe(staticSecret);
  const next = new ClientAwaitingReply({ ...attempt, peerId }, { agreement, kem, key, psk }, hash);
  return { message, next };
}
