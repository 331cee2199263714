import type { Database, Statement } from './sqlite.js';

interface IdRow {
  readonly id: Buffer;
}

/** Which incoming messages were read, and which of their senders are still to be told so. */
export class ReadMarks {
  readonly #markRead: Statement<[number, number, number], IdRow>;
  readonly #unreported: Statement<[number, number], IdRow>;
  readonly #markReported: Statement<[number, Uint8Array], never>;

  constructor(database: Database) {
    this.#markRead = database.prepare(
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

  markRead(contact: number, upTo: number, report: boolean): readonly Uint8Array[] {
    return this.#markRead.all(Number(report), contact, upTo).map(idOf);
  }

  unreported(contact: number, limit: number): readonly Uint8Array[] {
    return this.#unreported.all(contact, limit).map(idOf);
  }

  markReported(contact: number, ids: readonly Uint8Array[]): void {
    for (const id of ids) this.#markReported.run(contact, id);
  }
}

function idOf({ id }: IdRow): Uint8Array {
  return new Uint8Array(id);
}
