import { statSync } from 'node:fs';
import type { GroupCommit } from './group-commit.js';
import type { Database, Statement } from './sqlite.js';

/** Another connection that reads is a backup at most, and does not read for long. */
const RETRY_MS = 1_000;

interface Checkpoint {
  /** 1 if somebody reads what is in the journal, so that it could not be cut off. */
  readonly busy: number;
}

/**
 * The journal (SQLite's -wal), which has what was deleted until it is moved into the file and cut off.
 * A connection that reads meanwhile keeps it from being cut: then it is tried again until it has
 * happened, at the latest when the store is opened the next time.
 *
 *     whole --cut--> cut off
 *       `--somebody reads, or the disk is full--> wanted --a second later, or at closing--> cut off
 */
export class Journal {
  readonly #path: string;
  readonly #commits: GroupCommit;
  readonly #checkpoint: Statement<[], Checkpoint>;
  readonly #setTimeout: Readonly<Record<'none' | 'usual', Statement<[], unknown>>>;
  #isWanted = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(database: Database, commits: GroupCommit, path: string) {
    this.#path = `${path}-wal`;
    this.#commits = commits;
    this.#checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
    const usual = Number(database.pragma('busy_timeout', { simple: true }));
    this.#setTimeout = {
      none: database.prepare('PRAGMA busy_timeout = 0'),
      usual: database.prepare(`PRAGMA busy_timeout = ${usual}`),
    };
  }

  /** To be called at opening: whoever had the store before may have ended without cutting it off. */
  cutLeftover(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0) this.#cutOrRetry();
  }

  /** Now, or as soon as nobody reads. @throws HistoryError if the medium fails; it is tried again all the same. */
  cut(): void {
    this.#want();
    this.#tryNow();
  }

  /** The last attempt of this store. */
  close(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (!this.#isWanted) return;
    try {
      this.#tryNow();
    } catch {
      // What fails now, a full disk say, is done at the next opening.
    }
  }

  #want(): void {
    this.#isWanted = true;
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      this.#cutOrRetry();
    }, RETRY_MS).unref();
  }

  #cutOrRetry(): void {
    this.#want();
    try {
      this.#tryNow();
    } catch {
      // Nobody waits for this. It is tried again.
    }
  }

  #tryNow(): void {
    // What is under way would stay in the journal, and keeps it.
    this.#commits.flush();
    const checkpoint = this.#commits.read(() => this.#checkpointAtOnce());
    if (checkpoint?.busy !== 0) return;
    this.#isWanted = false;
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  /** Without waiting for others, for which the event loop would have to stand still. */
  #checkpointAtOnce(): Checkpoint | undefined {
    this.#setTimeout.none.get();
    try {
      return this.#checkpoint.get();
    } finally {
      this.#setTimeout.usual.get();
    }
  }
}
