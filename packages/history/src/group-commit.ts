import { HistoryError, historyErrorFrom } from './errors.js';
import type { Database, Statement } from './sqlite.js';

type Command = Statement<[], never>;

/**
 * One transaction for all writes of a turn of the event loop. A write takes effect at once for reads
 * of the same connection; its promise resolves when the transaction is durable. If the commit fails,
 * everything of the turn is undone and every promise of it rejects.
 *
 *     idle --write--> open --write--> open --end of turn--> COMMIT --> idle, promises resolve
 *                      `--an error that undoes it, or a failed COMMIT--> idle, promises reject
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #begin: Command;
  readonly #commit: Command;
  readonly #rollback: Command;
  readonly #savepoint: Command;
  readonly #release: Command;
  readonly #rollbackToSavepoint: Command;
  /** What everybody waits for who wrote in the transaction that is open. */
  #turn: PromiseWithResolvers<void> | undefined;
  #timer: NodeJS.Immediate | undefined;
  #lostTransactions = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#savepoint = database.prepare('SAVEPOINT one_write');
    this.#release = database.prepare('RELEASE one_write');
    this.#rollbackToSavepoint = database.prepare('ROLLBACK TO one_write');
  }

  /** How often what had been written was undone, as far as is known: what was concluded from it no longer holds. */
  get lostTransactions(): number {
    return this.#lostTransactions;
  }

  /** Runs statements that write nothing. @throws HistoryError */
  read<T>(read: () => T): T {
    this.#requireOpen();
    try {
      return read();
    } catch (error) {
      throw this.#meaningOf(error);
    }
  }

  /**
   * Runs `write` now, inside the transaction of this turn. If it throws, only what it did itself is
   * undone, and only its own promise rejects.
   */
  write<T>(write: () => T): Promise<T> {
    return this.#write(() => this.#inSavepoint(write));
  }

  /** The same for what changes something in one statement at most: SQLite undoes that by itself. */
  writeOnce<T>(write: () => T): Promise<T> {
    return this.#write(write);
  }

  async #write<T>(write: () => T): Promise<T> {
    this.#requireOpen();
    let result: T;
    try {
      this.#beginOnce();
      result = write();
    } catch (error) {
      throw this.#meaningOf(error);
    }
    await this.#turn?.promise;
    return result;
  }

  /** Commits what is open now instead of at the end of the turn. */
  flush(): void {
    clearImmediate(this.#timer);
    this.#timer = undefined;
    if (!this.#database.inTransaction) {
      this.#fail(undone());
      return;
    }
    try {
      this.#commit.run();
    } catch (error) {
      this.#fail(historyErrorFrom(error));
      if (this.#database.inTransaction) this.#rollback.run();
      return;
    }
    this.#turn?.resolve();
    this.#turn = undefined;
  }

  #beginOnce(): void {
    if (this.#database.inTransaction) return;
    // Whoever still waits was in a transaction that is gone; the next one must not answer for it.
    this.#fail(undone());
    this.#begin.run();
    this.#turn = Promise.withResolvers<void>();
    // If the only write of the turn has thrown, nobody waits for the rest.
    this.#turn.promise.catch(() => undefined);
    this.#timer ??= setImmediate(() => this.flush());
  }

  #inSavepoint<T>(write: () => T): T {
    this.#savepoint.run();
    try {
      const result = write();
      this.#release.run();
      return result;
    } catch (error) {
      if (this.#database.inTransaction) this.#undoOne();
      throw error;
    }
  }

  #undoOne(): void {
    try {
      this.#rollbackToSavepoint.run();
      this.#release.run();
    } catch {
      // Half of a write may be left in the transaction: none of it may be committed.
      if (this.#database.inTransaction) this.#rollback.run();
    }
  }

  /** A full disk or an I/O error, even in a read, may have undone the transaction with what others wrote. */
  #meaningOf(error: unknown): unknown {
    const meaning = historyErrorFrom(error);
    if (!this.#database.inTransaction) this.#fail(meaning);
    return meaning;
  }

  #fail(error: unknown): void {
    if (this.#turn === undefined) return;
    this.#lostTransactions += 1;
    this.#turn.reject(error);
    this.#turn = undefined;
  }

  #requireOpen(): void {
    if (this.#database.open) return;
    throw new HistoryError('closed', 'The history is closed. Open it again first.');
  }
}

function undone(): HistoryError {
  return new HistoryError('io_error', 'The history was not written: its transaction was undone.');
}
