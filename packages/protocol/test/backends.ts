import type { CryptoBackend } from '../src/backend/crypto-backend.js';
import { createNodeBackend, nodeBackend } from '../src/backend/node/node.js';
import { nodeAead } from '../src/backend/node/symmetric.js';
import { portableBackend } from '../src/backend/portable.js';
import { sodiumBackend } from '../src/sodium.js';

const nothing = { hashing: false, signing: false, agreement: false, kem: false, aead: false };

/** node:crypto for everything, also where it is the slower choice. */
const nativeOnlyBackend: CryptoBackend = {
  ...nodeBackend,
  ...nodeAead(0),
  name: 'node, native AEAD for all sizes',
};

/** What a runtime without any of the primitives gets. */
export const bareNodeBackend = createNodeBackend(nothing);

export const allBackends: readonly CryptoBackend[] = [
  portableBackend,
  nodeBackend,
  nativeOnlyBackend,
  sodiumBackend,
];
