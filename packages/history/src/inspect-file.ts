import { existsSync, statSync } from 'node:fs';
import { connect, hasHeadOf } from './encrypted-file.js';
import { damaged } from './errors.js';
import { schemaVersion } from './migrations.js';

/** Files up to this size are read whole before they are used, in about 20 ms; pages of larger ones are checked as they are read. */
const READ_WHOLE_BYTES = 16 * 1024 * 1024;

/**
 * Looks at a store before a connection that could write gets at it, so that a file which is damaged,
 * foreign or too new stays byte for byte as it is.
 * @throws HistoryError `store_damaged`, `store_too_new`
 */
export function inspectFile(path: string, key: Uint8Array): void {
  const { size } = statSync(path);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // An empty file is a new store. SQLite would delete what an empty one has in its -wal.
  if (size === 0 && (wal === undefined || wal.size === 0)) return;
  // Only the making of a store uses this journal. It was interrupted; SQLite undoes it.
  if (existsSync(`${path}-journal`)) return;
  if (!hasHeadOf(path, key)) throw damaged();
  // After a crash the -wal has what was acknowledged last. A connection that can write would move it
  // into a damaged file when it closes; one that cannot would leave an empty -wal where there is none.
  const database = connect(path, key, { readonly: wal !== undefined });
  try {
    schemaVersion(database);
    if (size > READ_WHOLE_BYTES) return;
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged();
  } finally {
    database.close();
  }
}
