import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite.js';

/** A stranger who asked to be let in. */
export interface StoredRequest {
  /** The stranger's id, 32 bytes. */
  readonly id: Uint8Array;
  /** Unix milliseconds. */
  readonly receivedAt: number;
}

/** Somebody who is no contact and may not ask again. */
export interface BlockedStranger {
  readonly id: Uint8Array;
  /** Unix milliseconds. */
  readonly blockedAt: number;
}

/** Strangers who wait for an answer, and those who were blocked. Becoming a contact ends both. */
export class RequestTable {
  readonly #commits: GroupCommit;
  readonly #all: Statement<[], { id: Buffer; received_at: number }>;
  readonly #isKnown: Statement<[Uint8Array], { found: number }>;
  readonly #count: Statement<[], { count: number }>;
  readonly #insert: Statement<[Uint8Array, number], never>;
  readonly #remove: Statement<[Uint8Array], never>;
  readonly #block: Statement<[Uint8Array, number], never>;
  readonly #isBlocked: Statement<[Uint8Array], { found: number }>;
  readonly #unblock: Statement<[Uint8Array], never>;
  readonly #allBlocked: Statement<[], { id: Buffer; blocked_at: number }>;

  constructor(database: Database, commits: GroupCommit) {
    this.#commits = commits;
    this.#all = database.prepare('SELECT id, received_at FROM requests ORDER BY key DESC');
    this.#isKnown = database.prepare('SELECT 1 AS found FROM requests WHERE id = ?');
    this.#count = database.prepare('SELECT count(*) AS count FROM requests');
    this.#insert = database.prepare('INSERT INTO requests (id, received_at) VALUES (?, ?)');
    this.#remove = database.prepare('DELETE FROM requests WHERE id = ?');
    this.#block = database.prepare(
      'INSERT INTO blocked_strangers (id, blocked_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#isBlocked = database.prepare('SELECT 1 AS found FROM blocked_strangers WHERE id = ?');
    this.#unblock = database.prepare('DELETE FROM blocked_strangers WHERE id = ?');
    this.#allBlocked = database.prepare(
      'SELECT id, blocked_at FROM blocked_strangers ORDER BY blocked_at DESC, id',
    );
  }

  /** Newest first. */
  list(): readonly StoredRequest[] {
    return this.#commits.read(() =>
      this.#all.all().map((row) => ({ id: new Uint8Array(row.id), receivedAt: row.received_at })),
    );
  }

  /**
   * `full`: as many wait as `limit` says, and it was not taken. `known`: this stranger waits already,
   * or is blocked; nothing was written.
   */
  add(request: StoredRequest, options: { limit: number }): Promise<'added' | 'known' | 'full'> {
    return this.#commits.write(() => {
      const { id, receivedAt } = request;
      if (this.#isKnown.get(id) !== undefined) return 'known';
      if (this.#isBlocked.get(id) !== undefined) return 'known';
      if ((this.#count.get()?.count ?? 0) >= options.limit) return 'full';
      this.#insert.run(id, receivedAt);
      return 'added';
    });
  }

  /** Resolves with false if there was none. */
  remove(id: Uint8Array): Promise<boolean> {
    return this.#commits.write(() => this.#remove.run(id).changes === 1);
  }

  /** From here on this stranger cannot ask; a request that waits is gone. */
  block(id: Uint8Array, at: number): Promise<void> {
    return this.#commits.write(() => {
      this.#remove.run(id);
      this.#block.run(id, at);
    });
  }

  /** Whether the stranger of this id (32 bytes) is blocked. */
  isBlocked(id: Uint8Array): boolean {
    return this.#commits.read(() => this.#isBlocked.get(id) !== undefined);
  }

  /** Resolves with false if this stranger was not blocked. */
  unblock(id: Uint8Array): Promise<boolean> {
    return this.#commits.write(() => this.#unblock.run(id).changes === 1);
  }

  /** Newest first. */
  listBlocked(): readonly BlockedStranger[] {
    return this.#commits.read(() =>
      this.#allBlocked
        .all()
        .map((row) => ({ id: new Uint8Array(row.id), blockedAt: row.blocked_at })),
    );
  }
}
