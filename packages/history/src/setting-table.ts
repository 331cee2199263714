import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite.js';

/** Texts by name, for what an account wants to remember about itself. */
export class SettingTable {
  readonly #commits: GroupCommit;
  readonly #get: Statement<[string], { value: string }>;
  readonly #set: Statement<[string, string], never>;
  readonly #delete: Statement<[string], never>;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    this.#get = database.prepare('SELECT value FROM settings WHERE key = ?');
    this.#set = database.prepare(
      `INSERT INTO settings (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
    this.#delete = database.prepare('DELETE FROM settings WHERE key = ?');
  }

  /** The value; undefined if it was never set. */
  get(key: string): string | undefined {
    return this.#commits.read(() => this.#get.get(key)?.value);
  }

  /** Stores the value in the place of the one before. */
  set(key: string, value: string): Promise<void> {
    return this.#commits.write(() => void this.#set.run(key, value));
  }

  /** Removes the value; nothing happens if there is none. */
  delete(key: string): Promise<void> {
    return this.#commits.write(() => void this.#delete.run(key));
  }
}
