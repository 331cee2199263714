import { closeSync, openSync, readSync } from 'node:fs';
import { aegisOpen, aegisStream } from './aegis256.js';

export const PAGE_BYTES = 4_096;
const TAG_BYTES = 32;
const NONCE_BYTES = 32;
const KEY_BYTES = 32;
/** Of the first page, these are left as they are. */
const OPEN_HEAD_BYTES = 24;

/**
 * One page of a store in plaintext, or undefined if it is not what was written there. This is how
 * SQLite3 Multiple Ciphers encrypts under a raw key: each page has a random nonce, and the page's number
 * goes into the nonce of what is really used.
 */
function openPage(page: Uint8Array, number: number, key: Uint8Array): Uint8Array | undefined {
  const end = PAGE_BYTES - TAG_BYTES - NONCE_BYTES;
  const oneTime = aegisStream(key, page.subarray(end + TAG_BYTES), KEY_BYTES + NONCE_BYTES);
  new DataView(oneTime.buffer).setUint32(oneTime.length - 4, number);
  return aegisOpen({
    key: oneTime.subarray(0, KEY_BYTES),
    nonce: oneTime.subarray(KEY_BYTES),
    ciphertext: page.subarray(number === 1 ? OPEN_HEAD_BYTES : 0, end),
    tag: page.subarray(end, end + TAG_BYTES),
  });
}

/** Where SQLite's header keeps the number of pages (https://sqlite.org/fileformat.html, section 1.3). */
const PAGE_COUNT_AT = 28 - OPEN_HEAD_BYTES;

/** How many pages a file should have by its first page, or undefined if that is damaged or not there. */
export function statedPages(file: number, key: Uint8Array): number | undefined {
  const page = new Uint8Array(PAGE_BYTES);
  if (readSync(file, page, 0, PAGE_BYTES, 0) < PAGE_BYTES) return undefined;
  const first = openPage(page, 1, key);
  if (first === undefined) return undefined;
  return new DataView(first.buffer, first.byteOffset).getUint32(PAGE_COUNT_AT);
}

/** Every page of a file with its number, from 1 on, in plaintext or as undefined. What is cut off at the end counts as a page. */
export function* pagesOf(
  path: string,
  key: Uint8Array,
): Generator<readonly [number: number, plaintext: Uint8Array | undefined]> {
  const file = openSync(path, 'r');
  try {
    const page = new Uint8Array(PAGE_BYTES);
    for (let number = 1; ; number += 1) {
      const length = readSync(file, page, 0, PAGE_BYTES, (number - 1) * PAGE_BYTES);
      if (length === 0) return;
      yield [number, length === PAGE_BYTES ? openPage(page, number, key) : undefined];
    }
  } finally {
    closeSync(file);
  }
}
