// Spec 8.6: where an identity can be reached, signed and counted.
import { decodeBody, encodeBody, MalformedBodyError } from './cbor.js';

export const ADDRESS_CONTEXT = 'Gravy/1 address';
export const MAX_ADDRESS_URLS = 8;

const SIGNATURE_BYTES = 64;

export interface AddressBody {
  /** Counts up: the greater one is the newer. */
  readonly seq: number;
  readonly urls: readonly string[];
  /** 64 bytes. */
  readonly sig: Uint8Array;
}

/** What is signed: the sender's id, and the body without its signature. */
export function addressSignatureBody(
  id: Uint8Array,
  { seq, urls }: Pick<AddressBody, 'seq' | 'urls'>,
): Uint8Array {
  return Buffer.concat([id, encodeBody({ seq, urls })]);
}

export function encodeAddress(body: AddressBody): Uint8Array {
  return encodeBody({ seq: body.seq, urls: body.urls, sig: body.sig });
}

/** Whether the signature holds, and the form of each url, is the caller's to check. @throws MalformedBodyError */
export function decodeAddress(bytes: Uint8Array): AddressBody {
  const map = decodeBody(bytes);
  const [seq, urls, sig] = [map.get('seq'), map.get('urls'), map.get('sig')];
  if (typeof seq !== 'number') throw new MalformedBodyError('ADDRESS without a seq');
  if (!Array.isArray(urls) || urls.length > MAX_ADDRESS_URLS) {
    throw new MalformedBodyError('ADDRESS with a number of urls that is not allowed');
  }
  if (!urls.every((url) => typeof url === 'string')) {
    throw new MalformedBodyError('ADDRESS with a url that is no text');
  }
  if (!(sig instanceof Uint8Array) || sig.length !== SIGNATURE_BYTES) {
    throw new MalformedBodyError('ADDRESS with a signature that is not 64 bytes');
  }
  return { seq, urls, sig };
}
