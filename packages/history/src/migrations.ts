import { HistoryError } from './errors.js';
import type { Database } from './sqlite.js';

/**
 * The schema, as the steps that led to it; `user_version` counts those that a file has behind it. A
 * step that was released is never changed.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE contacts (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Folded for comparison; NULL once removed, which frees the name while the history stays.
    name_key TEXT UNIQUE,
    verified INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    addresses TEXT NOT NULL DEFAULT '[]',
    added_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    contact INTEGER NOT NULL REFERENCES contacts (key),
    direction INTEGER NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    received_at INTEGER,
    text TEXT NOT NULL,
    reply_to BLOB,
    state INTEGER NOT NULL,
    UNIQUE (contact, direction, id)
  ) STRICT;
  CREATE INDEX messages_in_order ON messages (contact, sequence);
  CREATE INDEX messages_unfinished ON messages (contact, sequence) WHERE direction = 1 AND state < 2;
  CREATE INDEX messages_unread ON messages (contact) WHERE direction = 0 AND state = 2;
  `,
];

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
 * Brings a file to the newest schema, each step in a transaction of its own.
 * @throws HistoryError `store_too_new`
 */
export function migrate(database: Database): void {
  const version = schemaVersion(database);
  for (const [index, step] of MIGRATIONS.entries()) {
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
