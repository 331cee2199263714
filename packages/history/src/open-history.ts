import { resolve } from 'node:path';
import { ContactRegister } from './contact-register.js';
import { ContactTable } from './contact-table.js';
import { connect, KEY_BYTES } from './encrypted-file.js';
import { HistoryError, historyErrorFrom } from './errors.js';
import { GroupCommit } from './group-commit.js';
import { inspectFile } from './inspect-file.js';
import { InviteTable } from './invite-table.js';
import { MessageTable } from './message-table.js';
import { migrate } from './migrations.js';
import { ensurePrivateFile } from './private-file.js';
import { RequestTable } from './request-table.js';
import { SettingTable } from './setting-table.js';
import type { Database } from './sqlite.js';

/** An open store. Reads answer at once; each write returns a promise that resolves when it is durable. */
export interface HistoryStore {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  readonly invites: InviteTable;
  readonly requests: RequestTable;
  readonly settings: SettingTable;
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
 * @throws HistoryError `store_damaged`, `store_too_new` (the file was not touched), `no_permission`,
 * `disk_full`, `io_error`, `in_use`, `unsupported_node`, `misuse`
 */
export function openHistory(options: { path: string; key: Uint8Array }): HistoryStore {
  if (options.key.length !== KEY_BYTES) {
    throw new HistoryError('misuse', `The key of a history has ${KEY_BYTES} bytes.`);
  }
  // As an absolute path it is a file's name to SQLite too, and not ":memory:" or the like.
  const path = resolve(options.path);
  let database: Database | undefined;
  try {
    ensurePrivateFile(path);
    inspectFile(path, options.key);
    database = connect(path, options.key, {});
    configure(database);
    migrate(database);
    return storeOver(database);
  } catch (error) {
    database?.close();
    throw historyErrorFrom(error);
  }
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
}

function storeOver(database: Database): HistoryStore {
  const commits = new GroupCommit(database);
  const register = new ContactRegister(database);
  return {
    contacts: new ContactTable(database, commits, register),
    messages: new MessageTable(database, commits),
    invites: new InviteTable(database, commits, register),
    requests: new RequestTable(database, commits),
    settings: new SettingTable(database, commits),
    close: () => {
      if (!database.open) return;
      commits.flush();
      database.close();
    },
  };
}
