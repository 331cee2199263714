import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { WAL_MARK, WAL_MARK_OFFSET } from './encrypted-file.js';
import { ensurePrivateFile } from './private-file.js';
import type { Database } from './sqlite.js';

/**
 * Writes an encrypted copy of a store, under the same key, without what was deleted. It is there whole
 * or not at all, and replaces what was at `target`. No transaction may be open.
 */
export function copyInto(database: Database, target: string): void {
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    // VACUUM would make it readable to others; into an empty file it writes as well.
    ensurePrivateFile(partial);
    database.prepare<[string], never>('VACUUM INTO ?').run(partial);
    moveIntoPlace(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Makes a finished file durable, marks it as a store like any other, and gives it its name. */
export function moveIntoPlace(partial: string, target: string): void {
  const file = openSync(partial, 'r+');
  try {
    // A copy is made without a journal and says so; the cipher leaves these two bytes alone.
    writeSync(file, WAL_MARK, 0, WAL_MARK.length, WAL_MARK_OFFSET);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, target);
  syncFolderOf(target);
}

/** Makes a new name durable. Windows has no such call for folders, and needs none. */
function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
