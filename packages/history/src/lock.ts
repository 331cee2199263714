import { chmodSync, closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { HistoryError, historyErrorFrom } from './errors.js';
import { type Database, loadSqlite } from './sqlite.js';

/** Where SQLite's header keeps `user_version`, big-endian (https://sqlite.org/fileformat.html, section 1.3). */
const USER_VERSION_OFFSET = 60;

export interface Lock {
  /** Frees the lock. Later calls do nothing. */
  release(): void;
}

/**
 * Paths that this process has locked. POSIX frees a process's locks on a file as soon as it closes any
 * descriptor of it, so such a file is never opened a second time from here.
 */
const heldHere = new Set<string>();

/**
 * Takes the exclusive lock that the file at `path` stands for. The operating system frees it when the
 * process dies, however that happens, so no stale lock can remain: it is SQLite's own lock on a tiny
 * unencrypted file, whose header tells the owner's pid to others.
 * @throws HistoryError `in_use` with the owner's `pid`.
 */
export function acquireLock(path: string): Lock {
  const file = resolve(path);
  if (heldHere.has(file)) throw inUse(process.pid);
  let database: Database | undefined;
  try {
    const Sqlite = loadSqlite();
    database = new Sqlite(path, { timeout: 0 });
    chmodSync(path, 0o600);
    // No journal file: there is nothing in here to recover.
    database.pragma('journal_mode = MEMORY');
    // Under this mode the lock taken by the write below is kept until the connection closes.
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
    database.pragma(`user_version = ${process.pid}`);
    database.exec('COMMIT');
  } catch (cause) {
    database?.close();
    const error = historyErrorFrom(cause);
    if (!(error instanceof HistoryError) || error.code !== 'in_use') throw error;
    throw inUse(readLockOwner(file), cause);
  }
  const held = database;
  heldHere.add(file);
  return {
    release: () => {
      held.close();
      heldHere.delete(file);
    },
  };
}

function inUse(pid: number | undefined, cause?: unknown): HistoryError {
  const who = pid === undefined ? '' : ` (pid ${pid})`;
  return new HistoryError('in_use', `A process has this open${who}. Close it there first.`, {
    cause,
    pid,
  });
}

/** The pid of the process that took the lock last; undefined if the file does not tell. */
function readLockOwner(path: string): number | undefined {
  const header = Buffer.alloc(4);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const length = readSync(descriptor, header, 0, header.length, USER_VERSION_OFFSET);
    const pid = header.readUInt32BE(0);
    return length === header.length && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // No file, or one that this user may not read.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
