import { closeSync, openSync, statSync } from 'node:fs';
import { connect, headOf } from './encrypted-file.js';
import {
  damaged,
  HistoryError,
  historyErrorFrom,
  notAStore,
  truncated,
  wrongKey,
} from './errors.js';
import { schemaVersion } from './migrations.js';
import { PAGE_BYTES, pagesOf, statedPages } from './page-check.js';

/** Files up to this size are read whole before they are used, in about 20 ms; pages of larger ones are checked as they are read. */
const READ_WHOLE_BYTES = 16 * 1024 * 1024;

/**
 * Looks at a store before a connection that could write gets at it, so that a file which is damaged,
 * foreign or too new stays byte for byte as it is.
 * @throws HistoryError `store_damaged`, `store_truncated`, `wrong_key`, `not_a_store`, `store_too_new`
 */
export function inspectFile(path: string, key: Uint8Array): void {
  const { size } = statSync(path);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // An empty file is a new store. SQLite would delete what an empty one has in its -wal.
  if (size === 0 && (wal === undefined || wal.size === 0)) return;
  // Only the making of a store uses this journal. It was interrupted; SQLite undoes it.
  const journal = statSync(`${path}-journal`, { throwIfNoEntry: false });
  if (journal !== undefined && journal.size > 0) return;
  if (size === 0) throw truncated();
  requireHead(path, key);
  const isAlone = wal === undefined || wal.size === 0;
  // With a journal beside it, the file may be behind: its end is in there.
  if (isAlone) requireEnd(path, size, key);
  // After a crash the -wal has what was acknowledged last. A connection that can write would move it
  // into a damaged file when it closes; one that cannot would leave an empty -wal where there is none.
  const database = connect(path, key, { readonly: wal !== undefined });
  try {
    schemaVersion(database);
    if (size > READ_WHOLE_BYTES) return;
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged();
  } catch (error) {
    throw withPage(error, path, key);
  } finally {
    database.close();
  }
}

/** Tells apart what does not begin as a store under this key does. */
function requireHead(path: string, key: Uint8Array): void {
  const { isOfKey, isLayout } = headOf(path, key);
  if (isOfKey && isLayout) return;
  if (statSync(path).size < PAGE_BYTES) throw isOfKey ? truncated() : notAStore();
  // The key is right if it opens the rest of the first page.
  if (isOfKey || firstPage(path, key) !== undefined) throw damaged(1);
  throw isLayout ? wrongKey() : notAStore();
}

function requireEnd(path: string, size: number, key: Uint8Array): void {
  const pages = firstPage(path, key);
  if (size % PAGE_BYTES !== 0 || (pages !== undefined && size < pages * PAGE_BYTES)) {
    throw truncated();
  }
}

function firstPage(path: string, key: Uint8Array): number | undefined {
  const file = openSync(path, 'r');
  try {
    return statedPages(file, key);
  } finally {
    closeSync(file);
  }
}

/** SQLite knows that something is damaged, and not where. */
function withPage(error: unknown, path: string, key: Uint8Array): unknown {
  const meaning = historyErrorFrom(error);
  if (!(meaning instanceof HistoryError) || meaning.code !== 'store_damaged') return meaning;
  for (const [number, plaintext] of pagesOf(path, key)) {
    if (plaintext === undefined) return damaged(number, meaning.cause);
  }
  return meaning;
}
