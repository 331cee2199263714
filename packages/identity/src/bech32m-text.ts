// Text forms of Spec 0.7: bech32m (BIP 350) without its 90-character limit.
import { bech32m } from '@scure/base';

/** Longer texts are refused before they are looked at. */
export const MAX_TEXT_CHARACTERS = 4096;

export function encodeText(prefix: string, bytes: Uint8Array): string {
  return bech32m.encode(prefix, bech32m.toWords(bytes), false);
}

/** The bytes behind a text of this prefix; undefined if it is not one: checksum, case, padding, length. */
export function decodeText(prefix: string, text: string): Uint8Array | undefined {
  if (text.length > MAX_TEXT_CHARACTERS) return undefined;
  try {
    const decoded = bech32m.decode<string>(text as `${string}1${string}`, false);
    return decoded.prefix === prefix ? bech32m.fromWords(decoded.words) : undefined;
  } catch {
    return undefined; // The library's messages repeat the text, which may be anything.
  }
}
