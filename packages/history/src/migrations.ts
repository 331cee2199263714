import { HistoryError } from './errors.js';
import { MIGRATIONS } from './schema.js';
import type { Database } from './sqlite.js';

/**
 * How many steps a file has behind it.
 * @throws HistoryError `store_too_new`
 */
export function schemaVersion(database: Database): number {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    throw new HistoryError(
      'store_too_new',
      'A newer version of Gravy wrote this history. Update Gravy to open it.',
    );
  }
  return version;
}

/**
 * Brings a file to the newest schema, each step in a transaction of its own. `beforeStep` is called
 * before each of them that finds something to change, with its number.
 * @throws HistoryError `store_too_new`
 */
export function migrate(
  database: Database,
  beforeStep: (step: number) => void = () => undefined,
  steps: readonly string[] = MIGRATIONS,
): void {
  const version = schemaVersion(database);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    if (version > 0) beforeStep(index + 1);
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(step);
      database.pragma(`user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
