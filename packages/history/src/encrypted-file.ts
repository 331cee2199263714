import { createHmac } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { HistoryError } from './errors.js';
import { type Database, loadSqlite } from './sqlite.js';

/** Another connection to the store is somebody's backup program at most, and the event loop waits with us. */
const BUSY_TIMEOUT_MS = 1000;

const KEY_BYTES = 32;
const KEY_CHECK_BYTES = 16;
const KEY_CHECK_LABEL = 'gravy/1 history key check';

/**
 * Bytes 16 to 23 of a store: pages of 4,096 bytes, WAL for writers and readers, 64 bytes of each page
 * for nonce and tag, and three fixed fractions (https://sqlite.org/fileformat.html, section 1.3).
 */
const LAYOUT = Uint8Array.of(0x10, 0x00, 2, 2, 64, 64, 32, 32);
const HEAD_BYTES = KEY_CHECK_BYTES + LAYOUT.length;

/** The two bytes that say "WAL". */
export const WAL_MARK = LAYOUT.subarray(2, 4);
export const WAL_MARK_OFFSET = KEY_CHECK_BYTES + 2;

/** @throws HistoryError `misuse` */
export function requireKey(key: Uint8Array): void {
  if (key.length === KEY_BYTES) return;
  throw new HistoryError('misuse', `The key of a history has ${KEY_BYTES} bytes.`);
}

/**
 * Opens a connection. A raw key means no derivation, which a key of full entropy does not need. It is
 * passed as bytes, so that no text of it stays in JavaScript's memory.
 */
export function connect(path: string, key: Uint8Array, options: { readonly?: boolean }): Database {
  const Sqlite = loadSqlite();
  const database = new Sqlite(path, { ...options, timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma(`cipher = 'aegis'`);
    database.pragma(`aegis_algorithm = 'aegis-256'`);
    withRawKey(key, (rawKey) => database.key(rawKey));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Encrypts a file anew, under another key. No journal may be in use. */
export function changeKey(path: string, key: Uint8Array, newKey: Uint8Array): void {
  const database = connect(path, key, {});
  try {
    withRawKey(newKey, (rawKey) => database.rekey(rawKey));
  } finally {
    database.close();
  }
}

function withRawKey(key: Uint8Array, use: (rawKey: Buffer) => unknown): void {
  const prefix = Buffer.from('raw:');
  const rawKey = Buffer.alloc(prefix.length + KEY_BYTES + KEY_CHECK_BYTES);
  try {
    rawKey.set(prefix);
    rawKey.set(key, prefix.length);
    rawKey.set(keyCheck(key), prefix.length + KEY_BYTES);
    use(rawKey);
  } finally {
    rawKey.fill(0);
  }
}

/**
 * What the first bytes of a file say about it. The cipher does not authenticate these 24, and SQLite
 * believes what they say about layout and journal: nobody but us looks at them.
 */
export interface Head {
  /** As far as there are bytes, they are what a store under this key begins with. */
  readonly isOfKey: boolean;
  /** It is laid out as every store is, under whatever key. */
  readonly isLayout: boolean;
}

export function headOf(path: string, key: Uint8Array): Head {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    const length = readSync(descriptor, head, 0, head.length, 0);
    const ofKey = head.subarray(0, Math.min(length, KEY_CHECK_BYTES));
    return {
      isOfKey: length > 0 && ofKey.equals(keyCheck(key).subarray(0, ofKey.length)),
      isLayout: length === HEAD_BYTES && head.subarray(KEY_CHECK_BYTES).equals(LAYOUT),
    };
  } finally {
    closeSync(descriptor);
  }
}

/** What a store under this key begins with. */
export function headBytes(key: Uint8Array): Uint8Array {
  return Buffer.concat([keyCheck(key), LAYOUT]);
}

/**
 * The cipher begins a file with a salt for its key derivation. With a raw key it has no use, so it
 * holds a value that only this key gives: it tells another key from damage.
 */
function keyCheck(key: Uint8Array): Uint8Array {
  const mac = createHmac('sha256', key).update(KEY_CHECK_LABEL).digest();
  return mac.subarray(0, KEY_CHECK_BYTES);
}
