// Spec 8.1: the CBOR that is allowed, in its deterministic encoding (RFC 8949, section 4.2.1).
import { decode, encode, rfc8949EncodeOptions, Tokenizer } from 'cborg';

const OPTIONS = {
  allowBigInt: false,
  allowIndefinite: false,
  allowInfinity: false,
  allowNaN: false,
  allowUndefined: false,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
  strict: true,
  useMaps: true,
};

/** The library drops a U+FEFF at the beginning of a text and mends ill-formed UTF-8: neither happens here. */
class ExactTextTokenizer extends Tokenizer {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  override next(): ReturnType<Tokenizer['next']> {
    const token = super.next();
    if (token.byteValue !== undefined) token.value = this.#utf8.decode(token.byteValue);
    return token;
  }
}

export function encodeMap(entries: readonly (readonly [string, unknown])[]): Uint8Array {
  return encode(new Map(entries), rfc8949EncodeOptions);
}

/** The map that has exactly this encoding; undefined if there is none, or it holds a type that is not allowed. */
export function decodeMap(bytes: Uint8Array): ReadonlyMap<string, unknown> | undefined {
  try {
    const tokenizer = new ExactTextTokenizer(bytes, OPTIONS);
    const value: unknown = decode(bytes, { ...OPTIONS, tokenizer });
    if (!isTextKeyed(value)) return undefined;
    const again = encode(value, rfc8949EncodeOptions);
    const isSame = again.length === bytes.length && again.every((byte, at) => byte === bytes[at]);
    return isSame ? value : undefined;
  } catch {
    return undefined; // Nesting that exhausts the stack ends here too.
  }
}

function isTextKeyed(value: unknown): value is ReadonlyMap<string, unknown> {
  if (!(value instanceof Map)) return false;
  return [...value].every(([key, entry]) => typeof key === 'string' && isAllowed(entry));
}

function isAllowed(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value === 'string' || value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.every(isAllowed);
  return isTextKeyed(value);
}
