import { chmodSync, closeSync, openSync } from 'node:fs';
import { ContactTable } from './contact-table.js';
import { HistoryError, historyErrorFrom } from './errors.js';
import { GroupCommit } from './group-commit.js';
import { MessageTable } from './message-table.js';
import { migrate } from './migrations.js';
import { type Database, loadSqlite } from './sqlite.js';

const KEY_BYTES = 32;

/** An open store. Reads answer at once; each write returns a promise that resolves when it is durable. */
export interface HistoryStore {
  readonly contacts: ContactTable;
  readonly messages: MessageTable;
  /** Makes durable what is under way and closes the file. Later calls do nothing. */
  close(): void;
}

/**
 * Opens the store at `path`, or makes it (readable by its owner only). Every page is encrypted and
 * authenticated with AEGIS under `key`, 32 bytes that stay the caller's to overwrite; SQLite keeps a
 * copy while the store is open, and JavaScript may keep the text in which the key is handed over.
 * @throws HistoryError
 */
export function openHistory(options: { path: string; key: Uint8Array }): HistoryStore {
  if (options.key.length !== KEY_BYTES) {
    throw new HistoryError('misuse', `The key of a history has ${KEY_BYTES} bytes.`);
  }
  let database: Database | undefined;
  try {
    // Made by hand, so that at no time anybody else can open it; the -wal and -shm files take its mode over.
    closeSync(openSync(options.path, 'a', 0o600));
    chmodSync(options.path, 0o600);
    const Sqlite = loadSqlite();
    database = new Sqlite(options.path);
    configure(database, options.key);
    migrate(database);
    return storeOver(database);
  } catch (error) {
    database?.close();
    throw historyErrorFrom(asSqliteError(error));
  }
}

function configure(database: Database, key: Uint8Array): void {
  database.pragma(`cipher = 'aegis'`);
  // A raw key: no derivation, which a key of full entropy does not need.
  database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  database.pragma('trusted_schema = OFF');
}

function storeOver(database: Database): HistoryStore {
  const commits = new GroupCommit(database);
  return {
    contacts: new ContactTable(database, commits),
    messages: new MessageTable(database, commits),
    close: () => {
      if (!database.open) return;
      commits.flush();
      database.close();
    },
  };
}

/** Node's file errors in SQLite's words, so that they are told apart in one place. */
function asSqliteError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const codes: Readonly<Record<string, string>> = {
    EACCES: 'SQLITE_CANTOPEN',
    EPERM: 'SQLITE_PERM',
    EROFS: 'SQLITE_READONLY',
    ENOSPC: 'SQLITE_FULL',
    ENOENT: 'SQLITE_CANTOPEN',
    EIO: 'SQLITE_IOERR',
  };
  const code = codes[String(error.code)];
  return code === undefined ? error : Object.assign(error, { code });
}
