import type { ContactKeys } from './contact-keys.js';
import { noSuchContact } from './errors.js';
import { directionNumber, type NewMessage, stateNumber } from './message-row.js';
import type { SearchIndex } from './search/search-index.js';
import type { Database, Statement } from './sqlite.js';

/** Puts a message into its table, for whatever it stands. Calls belong inside a write of `GroupCommit`. */
export class MessageInsert {
  readonly #keys: ContactKeys;
  readonly #index: SearchIndex;
  readonly #insert: Statement<unknown[], never>;
  readonly #isDeleted: Statement<[number, Uint8Array], { found: number }>;

  constructor(database: Database, keys: ContactKeys, index: SearchIndex) {
    this.#keys = keys;
    this.#index = index;
    this.#insert = database.prepare(
      `INSERT INTO messages (contact, direction, id, at, received_at, text, reply_to, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, contact, direction) DO NOTHING`,
    );
    this.#isDeleted = database.prepare(
      'SELECT 1 AS found FROM deleted_messages WHERE contact = ? AND id = ?',
    );
  }

  /**
   * Its place in the order of storing; undefined if it is there already, or came in and was deleted.
   * Changes something in one statement at most. @throws HistoryError `no_such_contact`
   */
  run(message: NewMessage): number | undefined {
    const contact = this.#keys.of(message.contact);
    if (contact === undefined) throw noSuchContact();
    if (message.direction === 'in' && this.#isDeleted.get(contact, message.id) !== undefined) {
      return undefined;
    }
    const { changes, lastInsertRowid } = this.#insert.run(
      contact,
      directionNumber(message.direction),
      message.id,
      message.at,
      message.receivedAt ?? null,
      message.text,
      message.replyTo ?? null,
      stateNumber(message.state),
    );
    if (changes === 0) return undefined;
    this.#index.noteStored();
    return Number(lastInsertRowid);
  }
}
