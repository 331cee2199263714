// The primitives of Spec 0.2, as one interface. What each accepts is decided here and in the checks
// that run before it (Spec 9.7), so that every back end accepts the same inputs and gives the same bytes.

/** An Ed25519 key pair made from a 32-byte seed. Only the seed is kept outside: a mismatched public half would leak the scalar. */
export interface SigningKeyPair {
  /** 32 bytes, owned by the pair. */
  readonly publicKey: Uint8Array;
  /** RFC 8032 Ed25519 signature of 64 bytes over `message`. */
  sign(message: Uint8Array): Uint8Array;
  /** Overwrites what can be overwritten; the pair is unusable afterwards. */
  erase(): void;
}

/** An X25519 key pair for agreements. */
export interface AgreementKeyPair {
  /** 32 bytes, owned by the pair. */
  readonly publicKey: Uint8Array;
  /** RFC 7748 shared secret of 32 bytes. Throws for a wrong length and for an all-zero result. */
  agree(publicKey: Uint8Array): Uint8Array;
  /** Overwrites what can be overwritten; the pair is unusable afterwards. */
  erase(): void;
}

/** An ML-KEM-768 key pair (FIPS 203). */
export interface KemKeyPair {
  /** 1184 bytes, owned by the pair. */
  readonly encapsulationKey: Uint8Array;
  /** The shared secret of 32 bytes; a ciphertext that was not made for this key gives an unrelated one. Throws unless the ciphertext has 1088 bytes. */
  decapsulate(ciphertext: Uint8Array): Uint8Array;
  /** Overwrites what can be overwritten; the pair is unusable afterwards. */
  erase(): void;
}

/** What encapsulation gives: 1088 bytes for the peer and the shared secret of 32 bytes. */
export interface Encapsulation {
  readonly ciphertext: Uint8Array;
  readonly sharedSecret: Uint8Array;
}

/**
 * The primitives the protocol runs on. All byte arguments stay the caller's and are not kept, except
 * inside the key pairs, which copy them. All results are new arrays and the caller's.
 */
export interface CryptoBackend {
  /** Short name for diagnostics, such as `portable` or `node`. */
  readonly name: string;
  /** Whether public-key operations run natively; a server may admit more handshakes then (Spec 6). */
  readonly isNative: boolean;
  /** Bytes from the platform's cryptographic random source. */
  randomBytes(length: number): Uint8Array;
  /** SHA-256: 32 bytes, which may stay in memory, as none serves as a key; what is hashed may be secret. */
  sha256(data: Uint8Array): Uint8Array;
  /** HMAC-SHA-256 (RFC 2104): 32 bytes. */
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** HKDF-SHA256, extract and expand (RFC 5869); at most 8,160 bytes. */
  hkdfSha256(salt: Uint8Array, inputKey: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  /** The first 64 bytes of the ChaCha20 keystream (RFC 8439) with block counter 0. */
  chacha20Block(key: Uint8Array, nonce: Uint8Array): Uint8Array;
  /**
   * ChaCha20-Poly1305 (RFC 8439): ciphertext and tag. Throws unless key and nonce have 32 and 12 bytes. `room` has as many
   * bytes as the result and may begin with `plaintext`: a back end that can writes the result there, in place of new memory.
   */
  aeadSeal(
    key: Uint8Array,
    nonce: Uint8Array,
    associatedData: Uint8Array,
    plaintext: Uint8Array,
    room?: Uint8Array,
  ): Uint8Array;
  /** The plaintext, or undefined if the input is not authentic. Throws unless key and nonce have 32 and 12 bytes. */
  aeadOpen(
    key: Uint8Array,
    nonce: Uint8Array,
    associatedData: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined;
  /** Ed25519 key pair from a 32-byte seed. */
  signingKeyPair(seed: Uint8Array): SigningKeyPair;
  /**
   * Whether the signature is valid by the back end's own rules, without cofactor. Not strict: the protocol calls it
   * only through `verifyStrict`, which checks what back ends disagree on first. False, never an error, for bad points.
   */
  unsafeVerifyLoosely(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** The X25519 secret key of an Ed25519 seed: `xs(sk)` of Spec 0.3. */
  seedToAgreementSecret(seed: Uint8Array): Uint8Array;
  /** The X25519 public key of an Ed25519 public key: `x(id)` of Spec 0.3. Undefined if it is not on the curve. */
  publicKeyToAgreementKey(publicKey: Uint8Array): Uint8Array | undefined;
  /** X25519 key pair from a 32-byte secret (clamped on use); without it the back end draws its own. */
  agreementKeyPair(secret?: Uint8Array): AgreementKeyPair;
  /** ML-KEM-768 key pair from the 64-byte seed `d || z`; without it the back end draws its own. */
  kemKeyPair(seed?: Uint8Array): KemKeyPair;
  /**
   * Encapsulates to a key of 1184 bytes after the modulus check; throws if the key fails it.
   * `seed` (32 bytes, `m` of FIPS 203) makes it deterministic, for tests; without it the back end draws its own.
   */
  kemEncapsulate(encapsulationKey: Uint8Array, seed?: Uint8Array): Encapsulation;
}
