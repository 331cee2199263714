// Transcript hashes and keys of the handshake: Spec 2.3 to 2.10. Pure: the names in the comments are those of the specification.
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { KEY_BYTES } from '../backend/lengths.js';
import { concatBytes, labelBytes, NO_BYTES, wipe } from '../bytes.js';
import type { SessionSecrets } from '../record/session-secrets.js';

const PROTOCOL_NAME = 'Gravy/1 X25519+ML-KEM-768 Ed25519 ChaCha20-Poly1305 SHA-256';

/** h0 = H(P) */
export function initialHash(backend: CryptoBackend): Uint8Array {
  return backend.sha256(labelBytes(PROTOCOL_NAME));
}

/** h1 = H( H(h0 || id_s) || msg1 ) */
export function helloHash(
  backend: CryptoBackend,
  serverId: Uint8Array,
  hello: Uint8Array,
): Uint8Array {
  const named = backend.sha256(concatBytes(initialHash(backend), serverId));
  return extendHash(backend, named, hello);
}

/** H(hash || message): h1b, h2, h3 and h4. */
export function extendHash(
  backend: CryptoBackend,
  hash: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  return backend.sha256(concatBytes(hash, message));
}

/** ck1 = KDF(h0, DH, "gravy/1 es" || h1, 32) */
export function staticKey(
  backend: CryptoBackend,
  staticSecret: Uint8Array,
  hashHello: Uint8Array,
): Uint8Array {
  const info = concatBytes(labelBytes('gravy/1 es'), hashHello);
  return backend.hkdfSha256(initialHash(backend), staticSecret, info, KEY_BYTES);
}

export interface HandshakeSecrets {
  /** ck1 */
  readonly staticKey: Uint8Array;
  readonly kemSecret: Uint8Array;
  readonly ephemeralSecret: Uint8Array;
  /** The invite's secret, or zeros. */
  readonly psk: Uint8Array;
}

/** ck = KDF(ck1, ss_mlkem || DH(e_c, e_s) || psk, "gravy/1 hs" || h1b, 32) */
export function handshakeKey(
  backend: CryptoBackend,
  secrets: HandshakeSecrets,
  hashReply: Uint8Array,
): Uint8Array {
  const inputKey = concatBytes(secrets.kemSecret, secrets.ephemeralSecret, secrets.psk);
  try {
    const info = concatBytes(labelBytes('gravy/1 hs'), hashReply);
    return backend.hkdfSha256(secrets.staticKey, inputKey, info, KEY_BYTES);
  } finally {
    wipe(inputKey);
  }
}

/** k2, k3, k4 = KDF(ck, "", label, 32) */
export function messageKey(
  backend: CryptoBackend,
  handshake: Uint8Array,
  label: 'gravy/1 k2' | 'gravy/1 k3' | 'gravy/1 k4',
): Uint8Array {
  return backend.hkdfSha256(handshake, NO_BYTES, labelBytes(label), KEY_BYTES);
}

/** KDF(ck, "", label || h4, 32) for each of the four. */
export function sessionSecrets(
  backend: CryptoBackend,
  handshake: Uint8Array,
  hashAcceptance: Uint8Array,
): SessionSecrets {
  const derive = (label: string): Uint8Array =>
    backend.hkdfSha256(
      handshake,
      NO_BYTES,
      concatBytes(labelBytes(label), hashAcceptance),
      KEY_BYTES,
    );
  return {
    clientToServer: derive('gravy/1 c2s'),
    serverToClient: derive('gravy/1 s2c'),
    root: derive('gravy/1 root'),
    sessionId: derive('gravy/1 sid'),
  };
}
