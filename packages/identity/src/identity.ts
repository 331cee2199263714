import { generateKeyPairFromSeed } from '@stablelib/ed25519';
import { HKDF } from '@stablelib/hkdf';
import { SHA256 } from '@stablelib/sha256';
import { IdentityError } from './errors.js';
import { encodeId } from './id-text.js';
import { freshBytes, platformRandomBytes, type RandomBytes } from './random-bytes.js';

const SEED_BYTES = 32;
/** RFC 5869: 255 blocks of the hash. */
const MAX_DERIVED_BYTES = 255 * 32;

/**
 * A long-term Ed25519 identity. Only the seed is kept and everything else is derived from it: signing
 * with a public half that does not belong to the secret one would give the secret away. The seed is
 * reachable by no property, inspection or serialisation.
 */
export class Identity {
  #seed: Uint8Array | undefined;
  readonly #id: Uint8Array;

  private constructor(seed: Uint8Array) {
    this.#seed = seed;
    const pair = generateKeyPairFromSeed(seed);
    this.#id = pair.publicKey;
    pair.secretKey.fill(0);
  }

  /** A new identity; the platform's random source unless there is a better one. */
  static generate(randomBytes: RandomBytes = platformRandomBytes): Identity {
    const seed = freshBytes(randomBytes, SEED_BYTES);
    try {
      return Identity.fromSeed(seed);
    } finally {
      seed.fill(0);
    }
  }

  /** Copies the seed (32 bytes), which stays the caller's to overwrite. @throws IdentityError `misuse` */
  static fromSeed(seed: Uint8Array): Identity {
    // To JavaScript a string of 32 letters is as long, and its bytes are zeros: everybody's seed.
    if (!(seed instanceof Uint8Array) || seed.length !== SEED_BYTES) {
      throw new IdentityError('misuse', `A seed has ${SEED_BYTES} bytes, in a Uint8Array.`);
    }
    // Not by `slice`: that of a Buffer gives a view, which would end with the caller's seed.
    return new Identity(new Uint8Array(seed));
  }

  /** The public key, 32 bytes; a new array each time. Still readable after `erase`. */
  get id(): Uint8Array {
    return this.#id.slice();
  }

  /** The public key as `gravy1...`. */
  get text(): string {
    return encodeId(this.#id);
  }

  /** A copy of the seed, which the caller overwrites after use. @throws IdentityError `misuse` once erased */
  copySeed(): Uint8Array {
    return this.#secret().slice();
  }

  /**
   * `length` bytes for a purpose of the caller's, named by `info`: HKDF-SHA256 (RFC 5869) of the seed,
   * without salt. Other purposes get unrelated bytes. They are the caller's, to overwrite after use.
   * @param length 1 to 8,160 bytes
   * @throws IdentityError `misuse` for another length, and once erased
   */
  derive(info: string, length: number): Uint8Array {
    if (!Number.isSafeInteger(length) || length < 1 || length > MAX_DERIVED_BYTES) {
      throw new IdentityError('misuse', `1 to ${MAX_DERIVED_BYTES} bytes can be derived.`);
    }
    const expander = new HKDF(SHA256, this.#secret(), undefined, new TextEncoder().encode(info));
    try {
      return expander.expand(length);
    } finally {
      expander.clean();
    }
  }

  /** Overwrites the seed; what needs it throws `misuse` afterwards. */
  erase(): void {
    this.#seed?.fill(0);
    this.#seed = undefined;
  }

  #secret(): Uint8Array {
    if (this.#seed === undefined) {
      throw new IdentityError('misuse', 'This identity has been erased.');
    }
    return this.#seed;
  }
}
