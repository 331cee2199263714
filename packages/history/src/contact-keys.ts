import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite.js';

/** The row of each contact by its id, kept in memory: every message that is stored needs one. */
export class ContactKeys {
  readonly #commits: GroupCommit;
  readonly #find: Statement<[Uint8Array], { key: number }>;
  readonly #known = new Map<string, number>();
  #lostTransactions = 0;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    this.#find = database.prepare('SELECT key FROM contacts WHERE id = ?');
  }

  /** The row of a contact, listed or removed. */
  of(id: Uint8Array): number | undefined {
    if (this.#lostTransactions !== this.#commits.lostTransactions) this.forget();
    const name = Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const key = this.#find.get(id)?.key;
    if (key !== undefined) this.#known.set(name, key);
    return key;
  }

  /** To be called in every write that gives a row another id, or deletes one. */
  forget(): void {
    this.#known.clear();
    this.#lostTransactions = this.#commits.lostTransactions;
  }
}
