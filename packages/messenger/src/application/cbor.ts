// Spec 8.1: deterministic CBOR (RFC 8949 section 4.2.1) for the bodies of application messages.
import { decode, encode, rfc8949EncodeOptions, Tokenizer } from 'cborg';

/** The only values that may occur: unsigned integers to 2^53 - 1, byte and text strings, arrays, maps. */
export type CborValue = number | string | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

/** A body that is not what the specification allows: the session ends with CLOSE(2). */
export class MalformedBodyError extends Error {
  constructor(what: string, options: { cause?: unknown } = {}) {
    super(`A message of the peer is malformed: ${what}.`, options);
    this.name = 'MalformedBodyError';
  }
}

const STRICT = {
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

/** The library drops a U+FEFF at the beginning of a text and mends ill-formed UTF-8; here a text stays as it was written. */
class ExactTextTokenizer extends Tokenizer {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  override next(): ReturnType<Tokenizer['next']> {
    const token = super.next();
    if (token.byteValue !== undefined) token.value = this.#utf8.decode(token.byteValue);
    return token;
  }
}

/** Encodes a body; entries whose value is undefined are left out. */
export function encodeBody(entries: Readonly<Record<string, CborValue | undefined>>): Uint8Array {
  const present = Object.entries(entries).filter(([, value]) => value !== undefined);
  return encode(new Map(present), rfc8949EncodeOptions);
}

/**
 * Decodes a body strictly: no duplicate keys, indefinite lengths, other types, trailing bytes or
 * non-shortest forms; what is accepted encodes again to the same bytes.
 */
export function decodeBody(bytes: Uint8Array): CborMap {
  let value: unknown;
  try {
    value = decode(bytes, { ...STRICT, tokenizer: new ExactTextTokenizer(bytes, STRICT) });
  } catch (cause) {
    // Nesting deep enough to exhaust the stack lands here as well.
    throw new MalformedBodyError('it is not strict CBOR', { cause });
  }
  if (!isCborMap(value)) throw new MalformedBodyError('it is not a map of allowed types');
  const again = encode(value, rfc8949EncodeOptions);
  // Floats with whole values and unsorted keys show as a difference here.
  if (Buffer.compare(again, bytes) !== 0) {
    throw new MalformedBodyError('its encoding is not deterministic');
  }
  return value;
}

function isCborMap(value: unknown): value is CborMap {
  if (!(value instanceof Map)) return false;
  for (const [key, entry] of value) {
    if (typeof key !== 'string' || !isCborValue(entry)) return false;
  }
  return true;
}

function isCborValue(value: unknown): value is CborValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value === 'string' || value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.every(isCborValue);
  return isCborMap(value);
}
