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
 * Brings a file to the newest schema, each step in a transaction of its own. `beforeAll` is called
 * before the first of them if there is something to lose, with its number.
 * @throws HistoryError `store_too_new`
 */
export function migrate(
  database: Database,
  beforeAll: (firstStep: number) => void = () => undefined,
  steps: readonly string[] = MIGRATIONS,
): void {
  const version = schemaVersion(database);
  if (version > 0 && version < steps.length) beforeAll(version + 1);
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
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
