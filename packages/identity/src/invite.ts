// Invites: Spec 8.9. `gravyinvite1...` is bech32m of a CBOR map.
import { decodeText, encodeText, MAX_TEXT_CHARACTERS } from './bech32m-text.js';
import { IdentityError } from './errors.js';
import { isInviteUrl } from './invite-url.js';
import { ID_BYTES, requirePublicKey } from './public-key.js';
import { decodeMap, encodeMap } from './strict-cbor.js';

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

/**
 * What `decodeInvite` gives back field by field. The text is as secret as the `psk` in it.
 * @throws IdentityError `misuse` if a field is not as `Invite` says, or all are too long together;
 *   `unsafe_id` or `invalid_id` for a key that nobody can own.
 */
export function encodeInvite(invite: Invite): string {
  if (!isInvite(invite)) {
    throw new IdentityError('misuse', 'A field of this invite is not allowed.');
  }
  requirePublicKey(invite.id);
  const { id, psk, urls, expires, name } = invite;
  const fields: [string, unknown][] = Object.entries({ v: VERSION, id, psk, urls, expires });
  if (name !== undefined) fields.push(['name', name]);
  const text = encodeText(PREFIX, encodeMap(fields));
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
  if (map === undefined) throw malformed();
  const version = map.get('v');
  if (typeof version === 'number' && version > VERSION) {
    throw invalid('This invite is of a newer version. Update Gravy.');
  }
  if (version !== VERSION) throw malformed();
  const name = map.get('name');
  const candidate = {
    id: map.get('id'),
    psk: map.get('psk'),
    urls: map.get('urls'),
    expires: map.get('expires'),
    ...(name === undefined ? {} : { name }),
  };
  if (!isInvite(candidate)) throw malformed();
  requirePublicKey(candidate.id);
  return candidate;
}

function isInvite(value: { [K in keyof Invite]?: unknown }): value is Invite {
  const { id, psk, urls, expires, name } = value;
  return (
    id instanceof Uint8Array &&
    id.length === ID_BYTES &&
    psk instanceof Uint8Array &&
    psk.length === PSK_BYTES &&
    psk.some((byte) => byte !== 0) &&
    Array.isArray(urls) &&
    urls.length >= 1 &&
    urls.length <= MAX_URLS &&
    urls.every(isInviteUrl) &&
    Number.isSafeInteger(expires) &&
    Number(expires) >= 0 &&
    (name === undefined || isName(name))
  );
}

function isName(value: unknown): boolean {
  if (typeof value !== 'string' || !value.isWellFormed()) return false;
  return new TextEncoder().encode(value).length <= MAX_NAME_BYTES;
}

function malformed(): IdentityError {
  return invalid('This invite is malformed. Ask for another one.');
}

function invalid(message: string): IdentityError {
  return new IdentityError('invalid_invite', message);
}
