import { resolve } from 'node:path';
import { ContactKeys } from './contact-keys.js';
import { ContactRegister } from './contact-register.js';
import { ContactTable } from './contact-table.js';
import { connect, requireKey } from './encrypted-file.js';
import { Eraser } from './eraser.js';
import { historyErrorFrom } from './errors.js';
import { GroupCommit } from './group-commit.js';
import { inspectFile } from './inspect-file.js';
import { InviteTable } from './invite-table.js';
import { Journal } from './journal.js';
import { MessageInsert } from './message-insert.js';
import { MessageTable } from './message-table.js';
import { backUpBeforeStep } from './migration-backup.js';
import { migrate } from './migrations.js';
import { ensurePrivateFile } from './private-file.js';
import { RequestTable } from './request-table.js';
import { MessageSearch } from './search/message-search.js';
import { SearchIndex } from './search/search-index.js';
import { SettingTable } from './setting-table.js';
import type { Database } from './sqlite.js';
import { copyInto } from './store-copy.js';
import { TransferTable } from './transfer-table.js';

/** An open store. Reads answer at once; each write returns a promise that resolves when it is durable. */
export interface HistoryStore {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  readonly search: MessageSearch;
  readonly transfers: TransferTable;
  readonly invites: InviteTable;
  readonly requests: RequestTable;
  readonly settings: SettingTable;
  /**
   * Writes an encrypted copy to `path`, under the same key; what is there is replaced. It is a store
   * itself, and `restoreHistory` checks it and puts it back. The event loop waits meanwhile.
   * @throws HistoryError
   */
  copyTo(path: string): void;
  /**
   * Makes durable what is under way and closes the file. Closing again does nothing; any other call
   * after it fails with `closed`.
   */
  close(): void;
}

/**
 * Opens the store at `path`, or makes it (readable by its owner only). Every page is encrypted and
 * authenticated with AEGIS-256 under `key`: 32 random bytes that stay the caller's to overwrite, at
 * once if they like. SQLite keeps a copy of its own while the store is open. One process at a time:
 * see `acquireLock`.
 * @throws HistoryError `store_damaged`, `store_truncated`, `wrong_key`, `not_a_store`, `store_too_new`
 * (the file was not touched), `no_permission`,
 * `disk_full`, `io_error`, `in_use`, `unsupported_node`, `misuse`
 */
export function openHistory(options: { path: string; key: Uint8Array }): HistoryStore {
  requireKey(options.key);
  // As an absolute path it is a file's name to SQLite too, and not ":memory:" or the like.
  const path = resolve(options.path);
  let database: Database | undefined;
  try {
    ensurePrivateFile(path);
    inspectFile(path, options.key);
    database = connect(path, options.key, {});
    configure(database);
    const opened = database;
    migrate(opened, (step) => backUpBeforeStep(opened, path, step));
    return storeOver(opened, path);
  } catch (error) {
    database?.close();
    throw historyErrorFrom(error);
  }
}

/** 16 MiB: ids are random, and a page of their index that changes often is moved into the file once. */
const JOURNAL_PAGES = 4_000;
const CACHE_KIB = 32 * 1_024;

function configure(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma(`wal_autocheckpoint = ${JOURNAL_PAGES}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma('synchronous = FULL');
  // On macOS an fsync leaves what was written in the cache of the drive.
  database.pragma('fullfsync = ON');
  database.pragma('checkpoint_fullfsync = ON');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
}

function storeOver(database: Database, path: string): HistoryStore {
  const commits = new GroupCommit(database);
  const register = new ContactRegister(database);
  const keys = new ContactKeys(database, commits);
  const index = new SearchIndex(database, commits);
  const journal = new Journal(database, commits, path);
  const eraser = new Eraser(database, { commits, keys, index, journal, path });
  const insert = new MessageInsert(database, keys, index);
  index.noteStored(index.backlog);
  journal.cutLeftover();
  return {
    contacts: new ContactTable(database, { commits, register, keys, index }),
    messages: new MessageTable(database, { commits, keys, eraser, insert }),
    search: new MessageSearch(database, { commits, keys, index }),
    transfers: new TransferTable(database, commits, insert),
    invites: new InviteTable(database, commits, register),
    requests: new RequestTable(database, commits),
    settings: new SettingTable(database, commits),
    copyTo: (target) => {
      commits.flush();
      commits.read(() => copyInto(database, resolve(target)));
    },
    close: () => {
      if (!database.open) return;
      index.close();
      commits.flush();
      journal.close();
      database.close();
    },
  };
}
