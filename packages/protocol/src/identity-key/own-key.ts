// This identity's key: signatures and the static agreement of Spec 0.5 and Spec 2.3.
import { defaultBackend } from '#default-backend';
import type { AgreementKeyPair, CryptoBackend, SigningKeyPair } from '../backend/crypto-backend.js';
import { KEY_BYTES } from '../backend/lengths.js';
import { copyBytes, wipe } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { requireBytes } from '../require-bytes.js';
import { CLIENT_AUTH_CONTEXT, SERVER_AUTH_CONTEXT, signatureInput } from './signature-input.js';

type Secrets = { readonly signing: SigningKeyPair; readonly agreement: AgreementKeyPair };

const HANDSHAKE_CONTEXTS: ReadonlySet<string> = new Set([CLIENT_AUTH_CONTEXT, SERVER_AUTH_CONTEXT]);

let secretsOf: (key: OwnKey) => Secrets;

/**
 * This identity's long-term Ed25519 key. The secrets are reachable by no property, inspection or serialisation; only
 * the handshake of this package uses them for more than `sign`.
 */
export class OwnKey {
  #secrets: Secrets | undefined;
  readonly #id: Uint8Array;

  static {
    secretsOf = (key) => {
      if (!key.#secrets) throw new ProtocolError('misuse', 'This key has been erased.');
      return key.#secrets;
    };
  }

  private constructor(secrets: Secrets) {
    this.#secrets = secrets;
    this.#id = copyBytes(secrets.signing.publicKey);
  }

  /** Copies the seed (32 bytes), which stays the caller's to overwrite. Throws `misuse` for anything else. */
  static fromSeed(seed: Uint8Array, backend: CryptoBackend = defaultBackend): OwnKey {
    requireBytes('seed', seed, KEY_BYTES);
    const agreementSecret = backend.seedToAgreementSecret(seed);
    try {
      return new OwnKey({
        signing: backend.signingKeyPair(seed),
        agreement: backend.agreementKeyPair(agreementSecret),
      });
    } finally {
      wipe(agreementSecret);
    }
  }

  /** The public id, 32 bytes; a new array each time. Still readable after `erase`. */
  get id(): Uint8Array {
    return copyBytes(this.#id);
  }

  /**
   * Signs `body` in `context`: 64 bytes. The contexts of the handshake are refused with `misuse`, so that no caller can be
   * made to sign someone else's handshake. Throws `misuse` once erased, and for a body that is no Uint8Array.
   */
  sign(context: string, body: Uint8Array): Uint8Array {
    if (HANDSHAKE_CONTEXTS.has(context)) {
      throw new ProtocolError('misuse', 'This signature context belongs to the handshake.');
    }
    return signAsOwnKey(this, context, body);
  }

  /** Overwrites the secrets; signing and new handshakes throw `misuse` afterwards. Running sessions go on. */
  erase(): void {
    this.#secrets?.signing.erase();
    this.#secrets?.agreement.erase();
    this.#secrets = undefined;
  }
}

/** `SIG(context, body)`, for any context. Not exported from the package. */
export function signAsOwnKey(key: OwnKey, context: string, body: Uint8Array): Uint8Array {
  return secretsOf(key).signing.sign(signatureInput(context, body));
}

/** `DH(xs(sk), publicKey)`. Not exported from the package. */
export function agreeAsOwnKey(key: OwnKey, publicKey: Uint8Array): Uint8Array {
  return secretsOf(key).agreement.agree(publicKey);
}
