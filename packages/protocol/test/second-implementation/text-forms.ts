// Sections 0.7, 8.9 and 8.10 of the specification, as far as the worked example shows them: writing, not reading.
import { sha512 } from '@noble/hashes/sha2.js';
import { ascii, join, readUint, u32 } from './primitives.js';

const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BECH32M = 0x2bc830a3;

/** The checksum of BIP-173. */
function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, term] of GENERATOR.entries()) checksum ^= (top >>> bit) & 1 ? term : 0;
  }
  return checksum;
}

/** 0.7 */
export function bech32m(prefix: string, bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const data = (bits.match(/.{1,5}/gu) ?? []).map((five) =>
    Number.parseInt(five.padEnd(5, '0'), 2),
  );
  const letters = [...ascii(prefix)];
  const expanded = [...letters.map((code) => code >> 5), 0, ...letters.map((code) => code & 31)];
  const checksum = polymod([...expanded, ...data, 0, 0, 0, 0, 0, 0]) ^ BECH32M;
  const last = [25, 20, 15, 10, 5, 0].map((shift) => (checksum >>> shift) & 31);
  return `${prefix}1${[...data, ...last].map((value) => CHARACTERS[value]).join('')}`;
}

/** The head of a CBOR item (RFC 8949): its major type and number. */
function head(major: number, number: number): Uint8Array {
  const type = major << 5;
  if (number < 24) return Uint8Array.of(type | number);
  if (number < 2 ** 8) return Uint8Array.of(type | 24, number);
  if (number < 2 ** 16) return Uint8Array.of(type | 25, number >> 8, number & 0xff);
  return number < 2 ** 32
    ? join(Uint8Array.of(type | 26), u32(number))
    : join(Uint8Array.of(type | 27), u32(Math.floor(number / 2 ** 32)), u32(number % 2 ** 32));
}

type Item = number | string | Uint8Array | readonly string[];

function item(value: Item): Uint8Array {
  if (typeof value === 'number') return head(0, value);
  if (typeof value === 'string') return join(head(3, ascii(value).length), ascii(value));
  if (value instanceof Uint8Array) return join(head(2, value.length), value);
  return join(head(4, value.length), ...value.map(item));
}

/** 8.1: a map in deterministic encoding. */
export function cborMap(entries: Readonly<Record<string, Item>>): Uint8Array {
  const pairs = Object.entries(entries).map(([key, value]) => ({ key: item(key), value }));
  pairs.sort((one, other) => Buffer.compare(one.key, other.key));
  return join(head(5, pairs.length), ...pairs.flatMap(({ key, value }) => [key, item(value)]));
}

function half(id: Uint8Array): string {
  let D = sha512(join(Uint8Array.of(0, 1), id, id));
  for (let round = 0; round < 5199; round += 1) D = sha512(join(D, id));
  const groups = [0, 5, 10, 15, 20, 25].map((at) => readUint(D.subarray(at, at + 5)) % 100_000);
  return groups.map((group) => String(group).padStart(5, '0')).join(' ');
}

/** 8.10 */
export function safetyNumber(...ids: readonly [Uint8Array, Uint8Array]): string {
  return ids
    .toSorted((one, other) => Buffer.compare(one, other))
    .map(half)
    .join(' ');
}
