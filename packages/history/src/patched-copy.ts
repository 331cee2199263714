import { closeSync, copyFileSync, existsSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { headBytes, headOf } from './encrypted-file.js';
import { notAStore, wrongKey } from './errors.js';
import { PAGE_BYTES, statedPages } from './page-check.js';
import { ensurePrivateFile } from './private-file.js';

/**
 * Copies a store that is damaged and its journal into a folder, so that SQLite opens it: with the right
 * first bytes, and as long as it should be. Pages that are missing are damaged ones.
 * @throws HistoryError `wrong_key`, `not_a_store`
 */
export function patchedCopy(path: string, folder: string, key: Uint8Array): string {
  const copy = join(folder, 'history.db');
  copyPrivately(path, copy);
  if (existsSync(`${path}-wal`)) copyPrivately(`${path}-wal`, `${copy}-wal`);
  const file = openSync(copy, 'r+');
  try {
    const pages = statedPages(file, key);
    const head = headOf(path, key);
    if (pages === undefined && !head.isOfKey) throw head.isLayout ? wrongKey() : notAStore();
    if (pages !== undefined) {
      writeSync(file, headBytes(key), 0, undefined, 0);
      ftruncateSync(file, pages * PAGE_BYTES);
    }
  } finally {
    closeSync(file);
  }
  return copy;
}

/** The folder is private; a copy would have the mode of the original, read-only perhaps. */
function copyPrivately(from: string, to: string): void {
  copyFileSync(from, to);
  ensurePrivateFile(to);
}
