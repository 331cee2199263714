// Invites: Spec 8. `gravyinvite1...` is bech32m of a deterministic CBOR map (RFC 8949, section 4.2.1).
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { decodeText, encodeText, MAX_TEXT_CHARACTERS } from './bech32m-text.js';
import { IdentityError } from './errors.js';
import { isInviteUrl } from './invite-url.js';
import { requirePublicKey } from './public-key.js';

const PREFIX = 'gravyinvite';
const VERSION = 1;
const PSK_BYTES = 32;
const MAX_URLS = 8;
const MAX_NAME_BYTES = 256;

/** All that the bearer needs to reach the host once, and to be let in. */
export interface Invite {
  /** The host's public key, 32 bytes. */
  readonly id: Uint8Array;
  /** The one-time secret, 32 random bytes. */
  readonly psk: Uint8Array;
  /** 1 to 8, `ws(s)://host[:port][/path]`. */
  readonly urls: readonly string[];
  /** Unix seconds. */
  readonly expires: number;
  /** What the host would like to be called, at most 256 bytes: a stranger's words, to be shown escaped. */
  readonly name?: string | undefined;
}

/** @throws IdentityError `misuse` if a field is not as `Invite` says. */
export function encodeInvite(invite: Invite): string {
  const { id, psk, urls, expires, name } = invite;
  if (!isInvite(invite))
    throw new IdentityError('misuse', 'A field of this invite is not allowed.');
  const fields: [string, unknown][] = Object.entries({ v: VERSION, id, psk, urls, expires });
  if (name !== undefined) fields.push(['name', name]);
  const text = encodeText(PREFIX, encode(new Map(fields), rfc8949EncodeOptions));
  if (text.length > MAX_TEXT_CHARACTERS)
    throw new IdentityError('misuse', 'This invite is too long.');
  return text;
}

/**
 * Unknown keys are ignored; whether it has expired is the caller's to say.
 * @throws IdentityError `invalid_invite`; `unsafe_id` or `invalid_id` for the key inside.
 */
export function decodeInvite(text: string): Invite {
  const bytes = decodeText(PREFIX, text.trim());
  if (bytes === undefined) {
    throw invalid('This invite has a typing error, or a part is missing. Copy it again, whole.');
  }
  const map = decodeMap(bytes);
  if (map.get('v') !== VERSION) throw invalid('This invite is of a newer version. Update Gravy.');
  const name = map.get('name');
  const candidate = {
    id: map.get('id'),
    psk: map.get('psk'),
    urls: map.get('urls'),
    expires: map.get('expires'),
    ...(name === undefined ? {} : { name }),
  };
  if (!isInvite(candidate)) throw invalid('This invite is malformed. Ask for another one.');
  requirePublicKey(candidate.id);
  return candidate;
}

function decodeMap(bytes: Uint8Array): ReadonlyMap<unknown, unknown> {
  let map: unknown;
  let again: Uint8Array | undefined;
  try {
    map = decode(bytes, {
      allowBigInt: false,
      allowIndefinite: false,
      allowInfinity: false,
      allowNaN: false,
      allowUndefined: false,
      rejectDuplicateMapKeys: true,
      strict: true,
      useMaps: true,
    });
    again = encode(map, rfc8949EncodeOptions);
  } catch {
    map = undefined;
  }
  const isSame = again?.length === bytes.length && again.every((byte, at) => byte === bytes[at]);
  if (!(map instanceof Map) || !isSame || !isAllowed(map))
    throw invalid('This invite is malformed. Ask for another one.');
  return map;
}

/** The types of Spec 8, in what is ignored as well. */
function isAllowed(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value === 'string' || value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.every(isAllowed);
  if (!(value instanceof Map)) return false;
  return [...value].every(([key, entry]) => typeof key === 'string' && isAllowed(entry));
}

function isInvite(value: { [K in keyof Invite]?: unknown }): value is Invite {
  const { id, psk, urls, expires, name } = value;
  return (
    id instanceof Uint8Array &&
    id.length === 32 &&
    psk instanceof Uint8Array &&
    psk.length === PSK_BYTES &&
    psk.some((byte) => byte !== 0) &&
    Array.isArray(urls) &&
    urls.length >= 1 &&
    urls.length <= MAX_URLS &&
    urls.every(isInviteUrl) &&
    Number.isSafeInteger(expires) &&
    Number(expires) >= 0 &&
    (name === undefined ||
      (typeof name === 'string' && new TextEncoder().encode(name).length <= MAX_NAME_BYTES))
  );
}

function invalid(message: string): IdentityError {
  return new IdentityError('invalid_invite', message);
}
