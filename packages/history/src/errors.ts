/**
 * Why the store could not do what was asked:
 *
 * - `store_damaged`: pages of the file are not what was written; `page` is the first of them where it is known. It is left as it is: `examineHistory` says what still reads, `salvageHistory` copies that; or restore a backup.
 * - `store_truncated`: the file is a store's beginning, and its end is missing. As above.
 * - `wrong_key`: the file is a store, and another key opens it (or its first bytes are damaged).
 * - `not_a_store`: the file is something else. It is left as it is: check the path.
 * - `store_exists`: a store is not put where there is a file. Move that away, or choose another path.
 * - `store_too_new`: a newer version wrote the file. Update.
 * - `in_use`: another process holds the lock; `pid` says which.
 * - `disk_full`: nothing was written. Make room and try again.
 * - `io_error`: the medium failed. Check it.
 * - `no_permission`: the file or its folder is missing or may not be written.
 * - `unsupported_node`: SQLite's binding would crash below Node 22.18. Update Node.
 * - `contact_exists`: `field` says whether the id or the name is taken.
 * - `no_such_contact`: no contact has this id.
 * - `misuse`: a key that is not 32 bytes, or the like. Fix the call.
 * - `closed`: the store has been closed.
 */
export type HistoryErrorCode =
  | 'store_damaged'
  | 'store_truncated'
  | 'wrong_key'
  | 'not_a_store'
  | 'store_exists'
  | 'store_too_new'
  | 'in_use'
  | 'disk_full'
  | 'io_error'
  | 'no_permission'
  | 'unsupported_node'
  | 'contact_exists'
  | 'no_such_contact'
  | 'misuse'
  | 'closed';

/** The one error class of this package. Switch on `code`; `message` is for people. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  readonly code: HistoryErrorCode;
  /** With `contact_exists`: what is taken. */
  readonly field: 'id' | 'name' | undefined;
  /** With `in_use`: the process that holds the lock, where it could be read. */
  readonly pid: number | undefined;
  /** With `store_damaged`: the number of the first page that does not check, from 1 on. */
  readonly page: number | undefined;

  constructor(
    code: HistoryErrorCode,
    message: string,
    options: {
      cause?: unknown;
      field?: 'id' | 'name';
      pid?: number | undefined;
      page?: number | undefined;
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.pid = options.pid;
    this.page = options.page;
  }
}

const DAMAGED =
  'The history is damaged. The file was left as it is: salvage what still reads, or restore a backup.';
const DISK_FULL = 'The disk is full; nothing was stored. Make room and try again.';
const NO_PERMISSION =
  'The history cannot be opened or written. Check that its folder is there, and the permissions.';
const IO_ERROR = 'Reading or writing the history failed. Check the disk.';
const IN_USE = 'Another process is using this file. Close it there first.';

type Meaning = readonly [code: HistoryErrorCode, message: string];

/** By SQLite's primary result code, with which an extended one begins, or by that itself. */
const FROM_SQLITE: Readonly<Record<string, Meaning>> = {
  SQLITE_FULL: ['disk_full', DISK_FULL],
  SQLITE_NOTADB: ['store_damaged', DAMAGED],
  SQLITE_CORRUPT: ['store_damaged', DAMAGED],
  SQLITE_READONLY: ['no_permission', NO_PERMISSION],
  SQLITE_CANTOPEN: ['no_permission', NO_PERMISSION],
  SQLITE_PERM: ['no_permission', NO_PERMISSION],
  SQLITE_BUSY: ['in_use', IN_USE],
  SQLITE_IOERR: ['io_error', IO_ERROR],
  // The index of the journal could not be made as long as it has to be.
  SQLITE_IOERR_SHMSIZE: ['disk_full', DISK_FULL],
};

const FROM_FILE_SYSTEM: Readonly<Record<string, Meaning>> = {
  ENOSPC: ['disk_full', DISK_FULL],
  EDQUOT: ['disk_full', DISK_FULL],
  EACCES: ['no_permission', NO_PERMISSION],
  EPERM: ['no_permission', NO_PERMISSION],
  EROFS: ['no_permission', NO_PERMISSION],
  ENOENT: ['no_permission', NO_PERMISSION],
  ENOTDIR: ['no_permission', NO_PERMISSION],
  EISDIR: ['no_permission', NO_PERMISSION],
  EIO: ['io_error', IO_ERROR],
};

/** What an error of SQLite or of the file system means; any other error stays what it is. */
export function historyErrorFrom(error: unknown): unknown {
  if (error instanceof HistoryError || !(error instanceof Error) || !('code' in error)) {
    return error;
  }
  const code = String(error.code);
  const primary = code.split('_').slice(0, 2).join('_');
  const meaning = FROM_SQLITE[code] ?? FROM_SQLITE[primary] ?? FROM_FILE_SYSTEM[code];
  return meaning === undefined ? error : new HistoryError(...meaning, { cause: error });
}

export function damaged(page?: number, cause?: unknown): HistoryError {
  const message = page === undefined ? DAMAGED : DAMAGED.replace('.', ` (page ${page}).`);
  return new HistoryError('store_damaged', message, { page, cause });
}

export function truncated(): HistoryError {
  return new HistoryError(
    'store_truncated',
    'The end of the history is missing. The file was left as it is: salvage what is there, or restore a backup.',
  );
}

export function wrongKey(): HistoryError {
  return new HistoryError(
    'wrong_key',
    'This history belongs to another key, or its first bytes are damaged. It was left as it is.',
  );
}

export function notAStore(): HistoryError {
  return new HistoryError(
    'not_a_store',
    'This file is not a history. It was left as it is; check the path.',
  );
}

export function noSuchContact(): HistoryError {
  return new HistoryError('no_such_contact', 'This contact is not in the list.');
}
