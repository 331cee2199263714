import { FILE_COLUMNS, type FileColumns, fileFromRow } from './file-row.js';
import { messageFromColumns, type MessageColumns, type StoredMessage } from './message-row.js';
import type { Database, Statement } from './sqlite.js';

interface FileRow extends FileColumns {
  readonly message: number;
}

/**
 * Outgoing messages that are queued or sent. Many are read at a time, and few of them stand for files:
 * what is known of the contact, or can be asked for all of them together, is not part of each row.
 */
export class UnfinishedMessages {
  readonly #messages: Statement<[number, number, number], MessageColumns>;
  readonly #files: Statement<[number, number], FileRow>;

  constructor(database: Database) {
    this.#messages = database.prepare(
      `SELECT sequence, direction, id, at, received_at, text, reply_to, state FROM messages
       WHERE contact = ? AND direction = 1 AND state < 2 AND sequence > ? ORDER BY sequence LIMIT ?`,
    );
    this.#files = database.prepare(
      `SELECT message, ${FILE_COLUMNS} FROM transfers WHERE message BETWEEN ? AND ?`,
    );
  }

  /** Oldest first, after a place in the order of storing, of the contact with this row and id. */
  after(
    contact: { key: number; id: Uint8Array },
    place: number,
    limit: number,
  ): readonly StoredMessage[] {
    const rows = this.#messages.all(contact.key, place, limit);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return [];
    const files = new Map(
      this.#files.all(first.sequence, last.sequence).map((row) => [row.message, fileFromRow(row)]),
    );
    const id = new Uint8Array(contact.id);
    return rows.map((row) => messageFromColumns(row, id, files.get(row.sequence)));
  }
}
