// msg1: Spec 2.2. `0x01 || version || suite u16 || pk_c[32] || ek_c[1184] || hint[16] || mac1[16]`
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { ENCAPSULATION_KEY_BYTES, KEY_BYTES } from '../backend/lengths.js';
import { concatBytes, equalConstantTime, labelBytes, NO_BYTES } from '../bytes.js';
import { HELLO_BYTES } from '../limits.js';
import { malformedMessage, notAddressedToUs } from './handshake-errors.js';

/** Type 1, version 1, suite 1. */
const HEADER = Uint8Array.of(0x01, 0x01, 0x00, 0x01);
export const HINT_BYTES = 16;
const MAC_BYTES = 16;
/** RFC 2104, for SHA-256. */
const HASH_BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

export interface HelloKeys {
  /** pk_c */
  readonly ephemeralKey: Uint8Array;
  /** ek_c */
  readonly encapsulationKey: Uint8Array;
}

export interface Hello extends HelloKeys {
  readonly hint: Uint8Array;
}

/** What each psk gives as hint: KDF("", psk, "gravy/1 hint" || H(pk_c || ek_c), 16) */
export function hintsFor(
  backend: CryptoBackend,
  { ephemeralKey, encapsulationKey }: HelloKeys,
): (psk: Uint8Array) => Uint8Array {
  const hash = backend.sha256(concatBytes(ephemeralKey, encapsulationKey));
  const info = concatBytes(labelBytes('gravy/1 hint'), hash);
  return (psk) => backend.hkdfSha256(NO_BYTES, psk, info, HINT_BYTES);
}

/** The key of mac1, which everyone has who knows the id, as the first block of either hash of its HMAC (RFC 2104). */
export interface HelloMacKey {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

/** KDF("", id_s, "gravy/1 mac1", 32) */
export function helloMacKey(backend: CryptoBackend, serverId: Uint8Array): HelloMacKey {
  const key = backend.hkdfSha256(NO_BYTES, serverId, labelBytes('gravy/1 mac1'), KEY_BYTES);
  const padded = (pad: number): Uint8Array => {
    const block = new Uint8Array(HASH_BLOCK_BYTES);
    block.set(key);
    return block.map((byte) => byte ^ pad);
  };
  return { inner: padded(INNER_PAD), outer: padded(OUTER_PAD) };
}

/**
 * mac1 = first 16 bytes of HMAC(key, msg1 without mac1). Made of hashes, as a native HMAC takes five times as long to set up,
 * and whoever floods a server makes it compute this one and nothing more.
 */
function helloMac(
  backend: CryptoBackend,
  { inner, outer }: HelloMacKey,
  covered: Uint8Array,
): Uint8Array {
  const innerHash = backend.sha256(concatBytes(inner, covered));
  return backend.sha256(concatBytes(outer, innerHash)).subarray(0, MAC_BYTES);
}

export function encodeHello(backend: CryptoBackend, macKey: HelloMacKey, hello: Hello): Uint8Array {
  const covered = concatBytes(HEADER, hello.ephemeralKey, hello.encapsulationKey, hello.hint);
  return concatBytes(covered, helloMac(backend, macKey, covered));
}

/**
 * Checks length, type, version, suite, then mac1 in constant time, before any public-key work. The result views `message`.
 * Throws `malformed_message` or `not_addressed_to_us`.
 */
export function decodeHello(
  backend: CryptoBackend,
  macKey: HelloMacKey,
  message: Uint8Array,
): Hello {
  const isHello =
    message.length === HELLO_BYTES && HEADER.every((byte, at) => message[at] === byte);
  if (!isHello) throw malformedMessage();
  const covered = message.subarray(0, HELLO_BYTES - MAC_BYTES);
  const mac = message.subarray(HELLO_BYTES - MAC_BYTES);
  if (!equalConstantTime(mac, helloMac(backend, macKey, covered))) throw notAddressedToUs();
  const kemStart = HEADER.length + KEY_BYTES;
  const hintStart = kemStart + ENCAPSULATION_KEY_BYTES;
  return {
    ephemeralKey: message.subarray(HEADER.length, kemStart),
    encapsulationKey: message.subarray(kemStart, hintStart),
    hint: message.subarray(hintStart, hintStart + HINT_BYTES),
  };
}
