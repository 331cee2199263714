import { rmSync } from 'node:fs';
import type { ContactKeys } from './contact-keys.js';
import { migrationBackupsOf } from './migration-backup.js';
import type { GroupCommit } from './group-commit.js';
import type { Journal } from './journal.js';
import type { IndexedMessage } from './search/message-terms.js';
import type { SearchIndex } from './search/search-index.js';
import type { Database, Statement } from './sqlite.js';

const SLICE_MESSAGES = 512;

/**
 * Takes messages out of every place where the store has them: the table, the search index, the journal,
 * and the copies that were made before migrations. SQLite overwrites what it frees (secure_delete).
 */
export class Eraser {
  readonly #commits: GroupCommit;
  readonly #keys: ContactKeys;
  readonly #index: SearchIndex;
  readonly #journal: Journal;
  readonly #path: string;
  readonly #one: Statement<[number, number, Uint8Array], IndexedMessage>;
  readonly #slice: Statement<[number, number], IndexedMessage>;
  readonly #rememberDeleted: Statement<[number, number], never>;
  readonly #delete: Statement<[number], never>;
  readonly #forgetContact: readonly Statement<[number], never>[];
  readonly #isListed: Statement<[number], { found: number }>;

  constructor(
    database: Database,
    parts: {
      commits: GroupCommit;
      keys: ContactKeys;
      index: SearchIndex;
      journal: Journal;
      path: string;
    },
  ) {
    this.#commits = parts.commits;
    this.#keys = parts.keys;
    this.#index = parts.index;
    this.#journal = parts.journal;
    this.#path = parts.path;
    const columns = 'SELECT sequence, contact, text FROM messages WHERE contact = ?';
    this.#one = database.prepare(`${columns} AND direction = ? AND id = ?`);
    this.#slice = database.prepare(`${columns} ORDER BY sequence LIMIT ?`);
    this.#rememberDeleted = database.prepare(
      `INSERT INTO deleted_messages (contact, id)
       SELECT contact, id FROM messages WHERE sequence = ? AND direction = ? ON CONFLICT DO NOTHING`,
    );
    this.#delete = database.prepare('DELETE FROM messages WHERE sequence = ?');
    this.#isListed = database.prepare(
      'SELECT 1 AS found FROM contacts WHERE key = ? AND name_key IS NOT NULL',
    );
    this.#forgetContact = ['deleted_messages WHERE contact = ?', 'contacts WHERE key = ?'].map(
      (rows) => database.prepare(`DELETE FROM ${rows}`),
    );
  }

  /** Resolves with false if there is no such message. */
  async deleteOne(contact: number, direction: number, id: Uint8Array): Promise<boolean> {
    const isDeleted = await this.#commits.write(() => {
      const message = this.#one.get(contact, direction, id);
      if (message === undefined) return false;
      this.#deleteRows([message]);
      return true;
    });
    if (isDeleted) this.#purge();
    return isDeleted;
  }

  /**
   * In several transactions, oldest first, so that nothing waits long: after an interruption the rest
   * is there, and the call can be repeated. Resolves with how many there were.
   */
  async deleteAll(contact: number): Promise<number> {
    let count = 0;
    for (;;) {
      const rows = await this.#commits.write(() => {
        const messages = this.#slice.all(contact, SLICE_MESSAGES);
        this.#deleteRows(messages);
        if (messages.length < SLICE_MESSAGES) this.#forgetIfUnlisted(contact);
        return messages.length;
      });
      count += rows;
      if (rows < SLICE_MESSAGES) break;
    }
    this.#purge();
    return count;
  }

  #deleteRows(messages: readonly IndexedMessage[]): void {
    for (const { sequence } of messages) {
      this.#rememberDeleted.run(sequence, 0);
      this.#delete.run(sequence);
    }
    this.#index.forget(messages);
  }

  /** Without messages, nothing is left to say about somebody who is no contact any more. */
  #forgetIfUnlisted(contact: number): void {
    if (this.#isListed.get(contact) !== undefined) return;
    for (const statement of this.#forgetContact) statement.run(contact);
    this.#keys.forget();
  }

  #purge(): void {
    try {
      this.#journal.cut();
    } finally {
      this.#commits.read(() => {
        for (const copy of migrationBackupsOf(this.#path)) rmSync(copy, { force: true });
      });
    }
  }
}
