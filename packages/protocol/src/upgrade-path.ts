// The WebSocket upgrade path: Spec 1.2.
import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from './backend/crypto-backend.js';
import { labelBytes, NO_BYTES } from './bytes.js';
import { requireIdLength } from './identity-key/peer-id.js';

/**
 * The path at which the server with this id answers: a slash and 22 characters. The client appends it to the path of the URL.
 * Throws `invalid_peer_id` unless the id has 32 bytes, `misuse` unless it is a Uint8Array.
 */
export function upgradePath(idServer: Uint8Array, backend: CryptoBackend = defaultBackend): string {
  requireIdLength(idServer);
  const derived = backend.hkdfSha256(NO_BYTES, idServer, labelBytes('gravy/1 path'), 16);
  const base64 = btoa(String.fromCodePoint(...derived)).slice(0, 22);
  return `/${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}
