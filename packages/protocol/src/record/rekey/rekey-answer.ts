// The server's side of a rekey: Spec 4.2 to 4.5.
import { KEY_BYTES } from '../../backend/lengths.js';
import { wipe } from '../../bytes.js';
import { encapsulateTo, withSeed, type Entropy } from '../../random-source.js';
import { agreeWithPeer } from './agree-with-peer.js';
import { decodeRekeyBody, encodeRekeyBody } from './rekey-body.js';
import { rekeySecrets, type RekeySecrets } from './rekey-secrets.js';

/** The REKEY2 that answers a REKEY1, and the keys that are in force after it. */
export interface RekeyAnswer extends RekeySecrets {
  readonly rekey2: Uint8Array;
}

/** Takes the body of a REKEY1 that must lead to `epoch`. Undefined if it is malformed, or its DH all zero. */
export function answerRekey(
  entropy: Entropy,
  session: { readonly root: Uint8Array; readonly sessionId: Uint8Array; readonly epoch: number },
  rekey1: Uint8Array,
): RekeyAnswer | undefined {
  const { backend } = entropy;
  const { root, sessionId, epoch } = session;
  const peer = decodeRekeyBody('rekey1', rekey1, epoch);
  if (!peer) return undefined;
  const agreement = withSeed(entropy, 'rekey.server.x25519', KEY_BYTES, (seed) =>
    backend.agreementKeyPair(seed),
  );
  const ephemeralSecret = agreeWithPeer(agreement, peer.ephemeralKey);
  agreement.erase();
  if (!ephemeralSecret) return undefined;
  const encapsulation = encapsulateTo(entropy, 'rekey.server.mlkem', peer.kemPart);
  if (!encapsulation) {
    wipe(ephemeralSecret);
    return undefined;
  }
  const { ciphertext: kemPart, sharedSecret: kemSecret } = encapsulation;
  const rekey2 = encodeRekeyBody({ epoch, ephemeralKey: agreement.publicKey, kemPart });
  const inputs = { root, sessionId, epoch, rekey1, rekey2, kemSecret, ephemeralSecret };
  return { rekey2, ...rekeySecrets(backend, inputs) };
}
