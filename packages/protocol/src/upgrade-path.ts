// The WebSocket upgrade path: Spec 1.2.
import { defaultBackend } from '#default-backend';
import type { CryptoBackend } from './backend/crypto-backend.js';
import { labelBytes } from './bytes.js';
import { requireIdLength } from './identity-key/peer-id.js';

/**
 * The path at which the server with this id answers: a slash and 22 characters. The client appends it to the path of the URL.
 * Throws `invalid_peer_id` unless the id has 32 bytes, `misuse` unless it is a Uint8Array.
 */
export function upgradePath(idServer: Uint8Array, backend: CryptoBackend = defaultBackend): string {
  requireIdLength(idServer);
  const empty = new Uint8Array(0);
  const derived = backend.hkdfSha256(empty, idServer, labelBytes('gravy/1 path'), 16);
  const base64 = btoa(String.fromCodePoint(...derived));
  return `/${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
