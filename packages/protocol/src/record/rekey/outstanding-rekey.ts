// The client's side of a rekey: Spec 4.2 to 4.5.
import type { AgreementKeyPair, KemKeyPair } from '../../backend/crypto-backend.js';
import { KEM_SEED_BYTES, KEY_BYTES } from '../../backend/lengths.js';
import { withSeed, type Entropy } from '../../random-source.js';
import { agreeWithPeer } from './agree-with-peer.js';
import { decodeRekeyBody, encodeRekeyBody } from './rekey-body.js';
import { rekeySecrets, type RekeySecrets } from './rekey-secrets.js';

/** A REKEY1 that waits for its REKEY2. */
export interface OutstandingRekey {
  readonly agreement: AgreementKeyPair;
  readonly kem: KemKeyPair;
  /** The epoch that it leads to. */
  readonly epoch: number;
  readonly rekey1: Uint8Array;
}

/** Draws the ephemeral keys of a REKEY1 that leads to `epoch`. */
export function startRekey(entropy: Entropy, epoch: number): OutstandingRekey {
  const { backend } = entropy;
  const agreement = withSeed(entropy, 'rekey.client.x25519', KEY_BYTES, (seed) =>
    backend.agreementKeyPair(seed),
  );
  const kem = withSeed(entropy, 'rekey.client.mlkem', KEM_SEED_BYTES, (seed) =>
    backend.kemKeyPair(seed),
  );
  const { publicKey: ephemeralKey } = agreement;
  const rekey1 = encodeRekeyBody({ epoch, ephemeralKey, kemPart: kem.encapsulationKey });
  return { agreement, kem, epoch, rekey1 };
}

/** Takes the body of REKEY2. Undefined if it is malformed, or its DH all zero. */
export function completeRekey(
  { backend }: Entropy,
  { agreement, kem, epoch, rekey1 }: OutstandingRekey,
  session: { readonly root: Uint8Array; readonly sessionId: Uint8Array },
  rekey2: Uint8Array,
): RekeySecrets | undefined {
  const peer = decodeRekeyBody('rekey2', rekey2, epoch);
  const ephemeralSecret = peer && agreeWithPeer(agreement, peer.ephemeralKey);
  if (!peer || !ephemeralSecret) return undefined;
  const kemSecret = kem.decapsulate(peer.kemPart);
  const { root, sessionId } = session;
  const inputs = { root, sessionId, epoch, rekey1, rekey2, kemSecret, ephemeralSecret };
  return rekeySecrets(backend, inputs);
}
