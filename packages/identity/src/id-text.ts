// Ids as text: Spec 8.9. `gravy1...` is bech32m of the 32 bytes of the public key.
import { base64, base64url, hex } from '@scure/base';
import { decodeText, encodeText } from './bech32m-text.js';
import { IdentityError } from './errors.js';
import { ID_BYTES, requirePublicKey } from './public-key.js';

const PREFIX = 'gravy';

/**
 * `gravy1...` for a public key of 32 bytes, which is taken as it is; `decodeId` is what judges keys.
 * @throws IdentityError `misuse` for another length
 */
export function encodeId(id: Uint8Array): string {
  if (id.length !== ID_BYTES) throw new IdentityError('misuse', 'A public key has 32 bytes.');
  return encodeText(PREFIX, id);
}

/** Whether a text is an id in its one form, letter for letter. What key it stands for is not judged. */
export function isIdText(text: string): boolean {
  const bytes = decodeText(PREFIX, text);
  return bytes?.length === ID_BYTES && encodeText(PREFIX, bytes) === text;
}

/**
 * The public key behind a text: `gravy1...`, 64 hexadecimal digits, or base64 (either alphabet), with
 * white space around it. The key is one that somebody can own.
 * @throws IdentityError `invalid_id`, `unsafe_id`
 */
export function decodeId(text: string): Uint8Array {
  const bytes = bytesOf(text.trim());
  requirePublicKey(bytes);
  return bytes;
}

function bytesOf(text: string): Uint8Array {
  if (/^gravy1/iu.test(text)) {
    const bytes = decodeText(PREFIX, text);
    if (bytes?.length === ID_BYTES) return bytes;
    throw new IdentityError(
      'invalid_id',
      'This public key has a typing error, or a part is missing. Copy it again, whole.',
    );
  }
  if (/^[0-9a-f]{64}$/iu.test(text)) return hex.decode(text.toLowerCase());
  const decoder = [base64, base64url].find((candidate) => isEncodedBy(candidate, text));
  if (decoder !== undefined) return decoder.decode(padded(text));
  throw new IdentityError(
    'invalid_id',
    'This is not a public key: it should begin with gravy1. Ask your contact for it again.',
  );
}

/** 32 bytes are 43 characters and one of padding, which people leave out. */
function padded(text: string): string {
  return text.length === 43 ? `${text}=` : text;
}

function isEncodedBy(coder: typeof base64, text: string): boolean {
  if (text.length !== 43 && text.length !== 44) return false;
  try {
    return coder.decode(padded(text)).length === ID_BYTES;
  } catch {
    return false;
  }
}
