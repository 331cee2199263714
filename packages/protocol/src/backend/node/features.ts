// Not every runtime behind node:crypto has every primitive: Node 22 lacks ML-KEM, Bun ChaCha20-Poly1305. Each is tried once.
import { nodeAgreement, nodeSigning } from './public-key.js';
import { nodeAead, nodeHashing } from './symmetric.js';
import { nodeKem } from './kem.js';

/** Which groups of primitives node:crypto gives here; the portable ones stand in for the rest. */
export interface NativeFeatures {
  readonly hashing: boolean;
  readonly signing: boolean;
  readonly agreement: boolean;
  readonly kem: boolean;
  readonly aead: boolean;
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** Tries each group with fixed inputs. */
export function detectNativeFeatures(): NativeFeatures {
  const empty = new Uint8Array(0);
  const key = new Uint8Array(32).fill(1);
  return {
    hashing: works(() => {
      nodeHashing.hkdfSha256(empty, empty, empty, 32);
      nodeHashing.hmacSha256(empty, nodeHashing.sha256(empty));
    }),
    signing: works(() => {
      const pair = nodeSigning.signingKeyPair(key);
      nodeSigning.unsafeVerifyLoosely(pair.publicKey, empty, pair.sign(empty));
    }),
    agreement: works(() => {
      const pair = nodeAgreement.agreementKeyPair(key);
      pair.agree(pair.publicKey);
    }),
    kem: works(() => {
      const pair = nodeKem.kemKeyPair(new Uint8Array(64).fill(1));
      pair.decapsulate(nodeKem.kemEncapsulate(pair.encapsulationKey).ciphertext);
    }),
    aead: works(() => {
      const nonce = new Uint8Array(12);
      const aead = nodeAead(0);
      const sealed = aead.aeadSeal(key, nonce, empty, empty);
      if (!aead.aeadOpen(key, nonce, empty, sealed)) throw new Error('no round trip');
    }),
  };
}
