// Fixed DER headers around raw keys: RFC 8410 for X25519 and Ed25519, RFC 9935 for ML-KEM-768. node:crypto takes raw keys
// only in newer versions, DER and PEM in all. Callers check the raw length first: OpenSSL takes over-long ML-KEM keys (Spec 9.5).
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { concatBytes, wipe } from '../../bytes.js';

const PRIVATE_HEADER = {
  ed25519: '302e020100300506032b657004220420',
  x25519: '302e020100300506032b656e04220420',
  mlKem768: '3054020100300b060960864801650304040204428040',
} as const;

const PUBLIC_HEADER = {
  ed25519: '302a300506032b6570032100',
  x25519: '302a300506032b656e032100',
  mlKem768: '308204b2300b0609608648016503040402038204a100',
} as const;

export type RawKeyKind = keyof typeof PRIVATE_HEADER;

function privateKeyFromRaw(kind: RawKeyKind, raw: Uint8Array): KeyObject {
  const der = Buffer.from(concatBytes(Buffer.from(PRIVATE_HEADER[kind], 'hex'), raw).buffer);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    wipe(der);
  }
}

/**
 * By way of PEM: Node finds out that anything but a string is no KeyObject by errors that it throws and catches, four for each
 * object with DER or raw bytes, which takes as long as an agreement.
 */
export function publicKeyFromRaw(kind: RawKeyKind, raw: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from(PUBLIC_HEADER[kind], 'hex'), raw]);
  return createPublicKey(
    `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`,
  );
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** `raw` is the 32-byte secret or seed, or for ML-KEM the 64-byte seed. */
export function keyPairFromRaw(kind: RawKeyKind, raw: Uint8Array): KeyPair {
  const privateKey = privateKeyFromRaw(kind, raw);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** A fresh pair, without the way through raw bytes. */
export function generateKeyPair(kind: 'x25519' | 'mlKem768'): KeyPair {
  return kind === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ml-kem-768');
}

function exportFromDer(kind: RawKeyKind, publicKey: KeyObject): Uint8Array {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(PUBLIC_HEADER[kind].length / 2));
}

/** Without DER around it, which is 20 us faster; newer versions of Node only. */
function exportDirectly(publicKey: KeyObject): Uint8Array {
  return new Uint8Array(publicKey.export({ format: 'raw-public' }));
}

/** The raw bytes of a public key object. */
export const exportRaw: typeof exportFromDer = /* @__PURE__ */ canExportRaw()
  ? (_kind, publicKey) => exportDirectly(publicKey)
  : exportFromDer;

function canExportRaw(): boolean {
  try {
    const { publicKey } = generateKeyPairSync('x25519');
    return Buffer.from(exportFromDer('x25519', publicKey)).equals(exportDirectly(publicKey));
  } catch {
    return false;
  }
}
