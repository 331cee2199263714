// The schema of @gravy/history in better-sqlite3 as it comes: not encrypted, and called without anything in between.
import Sqlite from 'better-sqlite3';
import { MIGRATIONS } from '../../packages/history/src/schema.ts';

export interface PlainMessage {
  readonly id: Uint8Array;
  /** The contact's row. */
  readonly contact: number;
  readonly at: number;
  readonly text: string;
}

export interface PlainHistory {
  /** In one transaction. */
  append(messages: readonly PlainMessage[]): void;
  lastOf(contact: number, limit: number): unknown[];
  close(): void;
}

export function openPlainHistory(path: string, contacts: number): PlainHistory {
  const database = new Sqlite(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  for (const step of MIGRATIONS) database.exec(step);
  const contact = database.prepare(
    'INSERT INTO contacts (id, name, name_key, added_at) VALUES (?, ?, ?, 0)',
  );
  for (let number = 1; number <= contacts; number += 1) {
    contact.run(Buffer.alloc(32, number), `Contact ${number}`, `contact ${number}`);
  }
  const isDeleted = database.prepare(
    'SELECT 1 AS found FROM deleted_messages WHERE contact = ? AND id = ?',
  );
  const insert = database.prepare(
    `INSERT INTO messages (contact, direction, id, at, received_at, text, state)
     VALUES (?, 0, ?, ?, ?, ?, 3) ON CONFLICT (id, contact, direction) DO NOTHING`,
  );
  const last = database.prepare(
    'SELECT * FROM messages WHERE contact = ? ORDER BY sequence DESC LIMIT ?',
  );
  return {
    append: database.transaction((messages: readonly PlainMessage[]) => {
      for (const { id, contact: key, at, text } of messages) {
        if (isDeleted.get(key, id) === undefined) insert.run(key, id, at, at, text);
      }
    }),
    lastOf: (key, limit) => last.all(key, limit),
    close: () => void database.close(),
  };
}
