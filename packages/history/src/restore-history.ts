import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { changeKey, requireKey } from './encrypted-file.js';
import { damaged, HistoryError, historyErrorFrom, truncated } from './errors.js';
import { inspectFile } from './inspect-file.js';
import { pagesOf } from './page-check.js';
import { ensurePrivateFile } from './private-file.js';
import { moveIntoPlace } from './store-copy.js';

/**
 * Puts a copy that `copyTo` made in the place of a store, after a look at every page of it; the copy
 * stays as it is. `key` opens the copy; with `newKey` what is put in place is encrypted anew, under that.
 * @throws HistoryError `store_exists` if there is a file at `path`; `store_damaged` with the first `page`,
 * `store_truncated`, `wrong_key`, `not_a_store`, `store_too_new`; `disk_full`, `io_error`, `no_permission`
 */
export function restoreHistory(options: {
  from: string;
  path: string;
  key: Uint8Array;
  newKey?: Uint8Array | undefined;
}): void {
  const { key, newKey } = options;
  requireKey(key);
  if (newKey !== undefined) requireKey(newKey);
  const from = resolve(options.from);
  const path = resolve(options.path);
  const partial = `${path}.partial`;
  try {
    if (existsSync(path) || existsSync(`${path}-wal`)) {
      throw new HistoryError('store_exists', 'There is a history already. Move it away first.');
    }
    if (statSync(from).size === 0) throw truncated();
    // The copy may be on a medium that is read-only: only what is made of it is opened.
    rmSync(partial, { force: true });
    ensurePrivateFile(partial);
    copyFileSync(from, partial);
    inspectFile(partial, key);
    requireEveryPage(partial, key);
    if (newKey !== undefined) changeKey(partial, key, newKey);
    moveIntoPlace(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw historyErrorFrom(error);
  }
}

function requireEveryPage(path: string, key: Uint8Array): void {
  for (const [number, plaintext] of pagesOf(path, key)) {
    if (plaintext === undefined) throw damaged(number);
  }
}
