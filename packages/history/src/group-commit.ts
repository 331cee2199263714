import { historyErrorFrom } from './errors.js';
import type { Database } from './sqlite.js';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One transaction for all writes of a turn of the event loop. A write takes effect at once for reads
 * of the same connection; its promise resolves when the transaction is durable. If the commit fails,
 * everything of the turn is undone and every promise of it rejects.
 */
export class GroupCommit {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Immediate | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Runs `write` now, inside the transaction of this turn. If it throws, only what it did itself is
   * undone, and only its own promise rejects.
   */
  async write<T>(write: () => T): Promise<T> {
    let result: T;
    try {
      this.#begin();
      result = this.#inSavepoint(write);
    } catch (error) {
      // A full disk or an I/O error may have ended the transaction, and with it what others wrote.
      if (!this.#database.inTransaction) this.#fail(error);
      throw historyErrorFrom(error);
    }
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    return result;
  }

  /** Commits what is open now instead of at the end of the turn. */
  flush(): void {
    clearImmediate(this.#timer);
    this.#timer = undefined;
    if (!this.#database.inTransaction) return;
    try {
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      this.#fail(error);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { resolve } of waiting) resolve();
  }

  #begin(): void {
    if (!this.#database.inTransaction) this.#database.exec('BEGIN IMMEDIATE');
    this.#timer ??= setImmediate(() => this.flush());
  }

  #inSavepoint<T>(write: () => T): T {
    this.#database.exec('SAVEPOINT one_write');
    try {
      const result = write();
      this.#database.exec('RELEASE one_write');
      return result;
    } catch (error) {
      if (this.#database.inTransaction) {
        this.#database.exec('ROLLBACK TO one_write');
        this.#database.exec('RELEASE one_write');
      }
      throw error;
    }
  }

  #fail(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(historyErrorFrom(error));
  }
}
