import { createHmac } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { type Database, loadSqlite } from './sqlite.js';

/** Another connection to the store is somebody's backup program at most, and the event loop waits with us. */
const BUSY_TIMEOUT_MS = 1000;

export const KEY_BYTES = 32;
const KEY_CHECK_BYTES = 16;
const KEY_CHECK_LABEL = 'gravy/1 history key check';

/**
 * Bytes 16 to 23 of a store: pages of 4,096 bytes, WAL for writers and readers, 64 bytes of each page
 * for nonce and tag, and three fixed fractions (https://sqlite.org/fileformat.html, section 1.3).
 */
const LAYOUT = Uint8Array.of(0x10, 0x00, 2, 2, 64, 64, 32, 32);

/**
 * Opens a connection. A raw key means no derivation, which a key of full entropy does not need. It is
 * passed as bytes, so that no text of it stays in JavaScript's memory.
 */
export function connect(path: string, key: Uint8Array, options: { readonly?: boolean }): Database {
  const Sqlite = loadSqlite();
  const database = new Sqlite(path, { ...options, timeout: BUSY_TIMEOUT_MS });
  const prefix = Buffer.from('raw:');
  const rawKey = Buffer.alloc(prefix.length + KEY_BYTES + KEY_CHECK_BYTES);
  try {
    rawKey.set(prefix);
    rawKey.set(key, prefix.length);
    rawKey.set(keyCheck(key), prefix.length + KEY_BYTES);
    database.pragma(`cipher = 'aegis'`);
    database.pragma(`aegis_algorithm = 'aegis-256'`);
    database.key(rawKey);
    return database;
  } catch (error) {
    database.close();
    throw error;
  } finally {
    rawKey.fill(0);
  }
}

/**
 * Whether a file begins as a store under this key does. The cipher does not authenticate these first
 * 24 bytes, and SQLite believes what they say about layout and journal: nobody but us looks at them.
 */
export function hasHeadOf(path: string, key: Uint8Array): boolean {
  const expected = Buffer.concat([keyCheck(key), LAYOUT]);
  const head = Buffer.alloc(expected.length);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, head, 0, head.length, 0) === head.length && head.equals(expected);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The cipher begins a file with a salt for its key derivation. With a raw key it has no use, so it
 * holds a value that only this key gives: it tells another key from damage.
 */
function keyCheck(key: Uint8Array): Uint8Array {
  const mac = createHmac('sha256', key).update(KEY_CHECK_LABEL).digest();
  return mac.subarray(0, KEY_CHECK_BYTES);
}
