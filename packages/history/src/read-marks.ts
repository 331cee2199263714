import type { Database, Statement } from './sqlite.js';

interface IdRow {
  readonly id: Buffer;
}

/** What has been read of what came in, and which of it the senders are still to be told of. Contacts are keys of rows. */
export class ReadMarks {
  readonly #mark: Statement<[number, number, number], IdRow>;
  readonly #unreported: Statement<[number, number], IdRow>;
  readonly #markReported: Statement<[number, Uint8Array], never>;

  constructor(database: Database) {
    this.#mark = database.prepare(
      `UPDATE messages SET state = 3, to_report = ?
       WHERE contact = ? AND direction = 0 AND state = 2 AND sequence <= ? RETURNING id`,
    );
    this.#unreported = database.prepare(
      'SELECT id FROM messages WHERE contact = ? AND to_report = 1 ORDER BY sequence LIMIT ?',
    );
    this.#markReported = database.prepare(
      `UPDATE messages SET to_report = 0
       WHERE contact = ? AND direction = 0 AND id = ? AND to_report = 1`,
    );
  }

  /** Gives the ids that were unread. */
  mark(contact: number, options: { upTo: number; report: boolean }): readonly Uint8Array[] {
    return ids(this.#mark.all(Number(options.report), contact, options.upTo));
  }

  /** Oldest first. */
  unreported(contact: number, limit: number): readonly Uint8Array[] {
    return ids(this.#unreported.all(contact, limit));
  }

  markReported(contact: number, reported: readonly Uint8Array[]): void {
    for (const id of reported) this.#markReported.run(contact, id);
  }
}

function ids(rows: readonly IdRow[]): readonly Uint8Array[] {
  return rows.map(({ id }) => new Uint8Array(id));
}
