// Section 0 of the specification, on the @noble packages. Nothing here or beside it comes from the sources of this package.
import { chacha20, chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

const { Point } = ed25519;
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const N0 = new Uint8Array(12);

/** Whatever the specification says must not be: the attempt, or the session, is over. */
export class Refused extends Error {}

export function requireThat(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Refused(what);
}

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
export const zeros = (length: number): Uint8Array => new Uint8Array(length);

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = zeros(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

export function u64(value: number): Uint8Array {
  return join(u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32));
}

export function readUint(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

// 0.2

export const H = (message: Uint8Array): Uint8Array => sha256(message);
export const HMAC = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  hmac(sha256, key, message);

export function KDF(
  salt: Uint8Array,
  input: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return hkdf(sha256, input, salt, info, length);
}

/** noble throws for an all-zero result. */
export function DH(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(secret, publicKey);
  } catch {
    throw new Refused('DH is all zero');
  }
}

export const publicOf = (secret: Uint8Array): Uint8Array => x25519.getPublicKey(secret);

export function STREAM64(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  return chacha20(key, nonce, zeros(64));
}

export interface Box {
  readonly key: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly ad: Uint8Array;
}

export function seal({ key, nonce = N0, ad }: Box, plaintext: Uint8Array): Uint8Array {
  return chacha20poly1305(key, nonce, ad).encrypt(plaintext);
}

export function open({ key, nonce = N0, ad }: Box, sealed: Uint8Array): Uint8Array {
  try {
    return chacha20poly1305(key, nonce, ad).decrypt(sealed);
  } catch {
    throw new Refused('the AEAD does not open');
  }
}

export function kemKeys(seed: Uint8Array): {
  ek: Uint8Array;
  open: (ct: Uint8Array) => Uint8Array;
} {
  const { publicKey, secretKey } = ml_kem768.keygen(seed);
  return { ek: publicKey, open: (ct) => ml_kem768.decapsulate(ct, secretKey) };
}

export function encapsulate(ek: Uint8Array, m: Uint8Array): { ct: Uint8Array; ss: Uint8Array } {
  try {
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(ek, m);
    return { ct: cipherText, ss: sharedSecret };
  } catch {
    throw new Refused('ek fails the modulus check');
  }
}

// 0.3 and 0.4

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((number, byte) => number * 256n + BigInt(byte), 0n);

function bytesOf(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) =>
    Number((number >> BigInt(8 * index)) & 255n),
  );
}

export const idOf = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed);

/** noble clamps on use, as RFC 7748 says. */
export const xs = (seed: Uint8Array): Uint8Array => sha512(seed).subarray(0, 32);

export function x(id: Uint8Array): Uint8Array {
  pointOf(id);
  const y = numberOf(id) & (2n ** 255n - 1n);
  const inverse = Point.Fp.inv((((1n - y) % P) + P) % P);
  return bytesOf(((1n + y) * inverse) % P);
}

/** A point in canonical encoding and not of small order. */
function pointOf(encoding: Uint8Array): InstanceType<typeof Point> {
  requireThat(encoding.length === 32, 'a point has 32 bytes');
  requireThat((numberOf(encoding) & (2n ** 255n - 1n)) < P, 'y is not below p');
  let point;
  try {
    point = Point.fromBytes(encoding);
  } catch {
    throw new Refused('not on the curve');
  }
  requireThat(!point.isSmallOrder(), 'small order');
  return point;
}

export function verifyStrict(id: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    requireThat(signature.length === 64, 'a signature has 64 bytes');
    const [R, S] = [signature.subarray(0, 32), numberOf(signature.subarray(32))];
    const A = pointOf(id);
    pointOf(R);
    requireThat(S < L, 'S is not below L');
    const k = numberOf(sha512(join(R, id, message))) % L;
    const SB = S === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(S);
    return same(SB.subtract(A.multiplyUnsafe(k)).toBytes(), R);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

// 0.5

function signed(context: string, body: Uint8Array): Uint8Array {
  return join(zeros(64).fill(0x20), ascii(context), zeros(1), body);
}

export function sign(seed: Uint8Array, context: string, body: Uint8Array): Uint8Array {
  return ed25519.sign(signed(context, body), seed);
}

export function verify(
  id: Uint8Array,
  context: string,
  body: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyStrict(id, signed(context, body), signature);
}
