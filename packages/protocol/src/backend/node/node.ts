// The primitives of Spec 0.2 on node:crypto, each by feature detection, the portable ones in place of what is missing.
import type { CryptoBackend } from '../crypto-backend.js';
import { portableBackend } from '../portable.js';
import { detectNativeFeatures, type NativeFeatures } from './features.js';
import { nodeKem } from './kem.js';
import { nodeAgreement, nodeSigning } from './public-key.js';
import { nodeAead, nodeHashing } from './symmetric.js';

export function createNodeBackend(features: NativeFeatures): CryptoBackend {
  return {
    ...portableBackend,
    ...(features.hashing ? nodeHashing : {}),
    ...(features.signing ? nodeSigning : {}),
    ...(features.agreement ? nodeAgreement : {}),
    ...(features.kem ? nodeKem : {}),
    ...(features.aead ? nodeAead() : {}),
    name: 'node',
    isNative: features.signing && features.agreement,
  };
}

/** The back end on node:crypto, for Node, Bun and Deno. */
export const nodeBackend: CryptoBackend = /* @__PURE__ */ createNodeBackend(
  /* @__PURE__ */ detectNativeFeatures(),
);
