import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HistoryError, historyErrorFrom } from './errors.js';
import { ensurePrivateFile } from './private-file.js';
import { type Database, loadSqlite } from './sqlite.js';

/** Where SQLite's header keeps `user_version`, big-endian (https://sqlite.org/fileformat.html, section 1.3). */
const USER_VERSION_OFFSET = 60;

/** A lock that this process holds. */
export interface Lock {
  /** Frees the lock. Later calls do nothing. */
  release(): void;
}

/**
 * Files that this process has locked, whatever path leads to them. POSIX frees a process's locks on a
 * file as soon as it closes any descriptor of it, so such a file is never opened a second time from
 * here. Each worker thread has a map of its own: lock from one thread only. The map also keeps a lock
 * whose owner has let go of it from being collected, and with that freed.
 */
const heldHere = new Map<string, Database>();

/**
 * Takes the exclusive lock that the file at `path` stands for. The operating system frees it when the
 * process dies, however that happens, so no stale lock can remain: it is SQLite's own lock on a tiny
 * unencrypted file, whose header tells the owner's pid to others. The file is for nothing else, and
 * stays when the lock is freed.
 * @throws HistoryError `in_use` with the owner's `pid`; `no_permission`, `disk_full`, `io_error`,
 * `unsupported_node`; `store_damaged` if the file is something else.
 */
export function acquireLock(path: string): Lock {
  let database: Database | undefined;
  try {
    const Sqlite = loadSqlite();
    if (isHeldHere(path)) throw inUse(process.pid);
    ensurePrivateFile(path);
    database = new Sqlite(resolve(path), { timeout: 0 });
    lockFor(process.pid, database);
  } catch (error) {
    database?.close();
    throw lockErrorFrom(error, path);
  }
  const held = database;
  const file = fileAt(path);
  if (file !== undefined) heldHere.set(file, held);
  let isReleased = false;
  return {
    release: () => {
      if (isReleased) return;
      isReleased = true;
      held.close();
      if (file !== undefined) heldHere.delete(file);
    },
  };
}

/**
 * The pid of the process that took the lock at `path` last, whether or not it still holds it: for
 * messages to people, never for decisions. Undefined if the file does not tell.
 */
export function readLockOwner(path: string): number | undefined {
  const field = Buffer.alloc(4);
  let descriptor: number | undefined;
  try {
    if (isHeldHere(path)) return process.pid;
    descriptor = openSync(path, 'r');
    const length = readSync(descriptor, field, 0, field.length, USER_VERSION_OFFSET);
    const pid = field.readUInt32BE(0);
    return length === field.length && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // No file, or one that this user may not read.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function lockFor(pid: number, database: Database): void {
  // No journal file: there is nothing in here to recover.
  database.pragma('journal_mode = MEMORY');
  // Under this mode the lock taken by the write below is kept until the connection closes.
  database.pragma('locking_mode = EXCLUSIVE');
  database.exec('BEGIN EXCLUSIVE');
  database.pragma(`user_version = ${pid}`);
  database.exec('COMMIT');
}

function isHeldHere(path: string): boolean {
  const file = fileAt(path);
  return file !== undefined && heldHere.has(file);
}

/** Names the file itself, without opening it. */
function fileAt(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
}

function lockErrorFrom(cause: unknown, path: string): unknown {
  const error = historyErrorFrom(cause);
  if (!(error instanceof HistoryError)) return error;
  if (error.code === 'in_use') return inUse(error.pid ?? readLockOwner(path), cause);
  if (error.code !== 'store_damaged') return error;
  return new HistoryError(
    'store_damaged',
    'The lock file is damaged. If no process has this open, delete the lock file.',
    { cause },
  );
}

function inUse(pid: number | undefined, cause?: unknown): HistoryError {
  const who = pid === undefined ? '' : ` (pid ${pid})`;
  return new HistoryError('in_use', `A process has this open${who}. Close it there first.`, {
    cause,
    pid,
  });
}
