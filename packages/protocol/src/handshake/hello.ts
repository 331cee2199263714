// msg1: Spec 2.2. `0x01 || version || suite u16 || pk_c[32] || ek_c[1184] || hint[16] || mac1[16]`
import type { CryptoBackend } from '../backend/crypto-backend.js';
import { ENCAPSULATION_KEY_BYTES, KEY_BYTES } from '../backend/lengths.js';
import { concatBytes, equalConstantTime, labelBytes } from '../bytes.js';
import { ProtocolError } from '../errors.js';
import { HELLO_BYTES } from '../limits.js';
import { malformedMessage } from './handshake-errors.js';

/** Type 1, version 1, suite 1. */
const HEADER = Uint8Array.of(0x01, 0x01, 0x00, 0x01);
export const HINT_BYTES = 16;
const MAC_BYTES = 16;
const EMPTY = new Uint8Array(0);

export interface HelloKeys {
  /** pk_c */
  readonly ephemeralKey: Uint8Array;
  /** ek_c */
  readonly encapsulationKey: Uint8Array;
}

export interface Hello extends HelloKeys {
  readonly hint: Uint8Array;
}

/** hint = KDF("", psk, "gravy/1 hint" || H(pk_c || ek_c), 16) */
export function inviteHint(backend: CryptoBackend, psk: Uint8Array, keys: HelloKeys): Uint8Array {
  const keysHash = backend.sha256(concatBytes(keys.ephemeralKey, keys.encapsulationKey));
  const info = concatBytes(labelBytes('gravy/1 hint'), keysHash);
  return backend.hkdfSha256(EMPTY, psk, info, HINT_BYTES);
}

/** KDF("", id_s, "gravy/1 mac1", 32): the key of mac1, which everyone who knows the id has. */
export function helloMacKey(backend: CryptoBackend, serverId: Uint8Array): Uint8Array {
  return backend.hkdfSha256(EMPTY, serverId, labelBytes('gravy/1 mac1'), KEY_BYTES);
}

/** mac1 = first 16 bytes of HMAC(key, msg1 without mac1) */
function helloMac(backend: CryptoBackend, macKey: Uint8Array, covered: Uint8Array): Uint8Array {
  return backend.hmacSha256(macKey, covered).subarray(0, MAC_BYTES);
}

export function encodeHello(backend: CryptoBackend, macKey: Uint8Array, hello: Hello): Uint8Array {
  const covered = concatBytes(HEADER, hello.ephemeralKey, hello.encapsulationKey, hello.hint);
  return concatBytes(covered, helloMac(backend, macKey, covered));
}

/**
 * Checks length, type, version, suite, then mac1 in constant time, before any public-key work. The result views `message`.
 * Throws `malformed_message` or `not_addressed_to_us`.
 */
export function decodeHello(
  backend: CryptoBackend,
  macKey: Uint8Array,
  message: Uint8Array,
): Hello {
  if (
    message.length !== HELLO_BYTES ||
    !equalConstantTime(message.subarray(0, HEADER.length), HEADER)
  ) {
    throw malformedMessage();
  }
  const covered = message.subarray(0, HELLO_BYTES - MAC_BYTES);
  const mac = message.subarray(HELLO_BYTES - MAC_BYTES);
  if (!equalConstantTime(mac, helloMac(backend, macKey, covered))) {
    throw new ProtocolError('not_addressed_to_us', 'The first message is meant for another id.');
  }
  const kemStart = HEADER.length + KEY_BYTES;
  const hintStart = kemStart + ENCAPSULATION_KEY_BYTES;
  return {
    ephemeralKey: message.subarray(HEADER.length, kemStart),
    encapsulationKey: message.subarray(kemStart, hintStart),
    hint: message.subarray(hintStart, hintStart + HINT_BYTES),
  };
}
