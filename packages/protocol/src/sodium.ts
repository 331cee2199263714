// The primitives of Spec 0.2 on libsodium, and on node:crypto where libsodium has none (HMAC, HKDF, ML-KEM) or another
// rule (verification). Needs the optional peer dependency sodium-native.
import type { CryptoBackend } from './backend/crypto-backend.js';
import { nodeBackend } from './backend/node/node.js';
import { sodiumPublicKey } from './backend/sodium/public-key.js';
import { sodiumSymmetric } from './backend/sodium/symmetric.js';

/** The back end on sodium-native, for Node: the fastest for short records. Give it as the option `backend`. */
export const sodiumBackend: CryptoBackend = {
  ...nodeBackend,
  ...sodiumSymmetric,
  ...sodiumPublicKey,
  name: 'sodium',
  isNative: true,
};
