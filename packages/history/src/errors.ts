/**
 * Why the store could not do what was asked:
 *
 * - `store_damaged`: the file is not a store that this key opens, or its pages do not check; which of them cannot be told. It is left as it is: restore a backup.
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

  constructor(
    code: HistoryErrorCode,
    message: string,
    options: { cause?: unknown; field?: 'id' | 'name'; pid?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.pid = options.pid;
  }
}

const DAMAGED =
  'The history cannot be read: the file is damaged, or its key is another one. It was left as it is; restore a backup.';
const DISK_FULL = 'The disk is full; nothing was stored. Make room and try again.';
const NO_PERMISSION =
  'The history cannot be opened or written. Check that its folder is there, and the permissions.';
const IO_ERROR = 'Reading or writing the history failed. Check the disk.';
const IN_USE = 'Another process is using this file. Close it there first.';

type Meaning = readonly [code: HistoryErrorCode, message: string];

/** By SQLite's primary result code; an extended one begins with it. */
const FROM_SQLITE: Readonly<Record<string, Meaning>> = {
  SQLITE_FULL: ['disk_full', DISK_FULL],
  SQLITE_NOTADB: ['store_damaged', DAMAGED],
  SQLITE_CORRUPT: ['store_damaged', DAMAGED],
  SQLITE_READONLY: ['no_permission', NO_PERMISSION],
  SQLITE_CANTOPEN: ['no_permission', NO_PERMISSION],
  SQLITE_PERM: ['no_permission', NO_PERMISSION],
  SQLITE_BUSY: ['in_use', IN_USE],
  SQLITE_IOERR: ['io_error', IO_ERROR],
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
  const meaning = FROM_SQLITE[primary] ?? FROM_FILE_SYSTEM[code];
  return meaning === undefined ? error : new HistoryError(...meaning, { cause: error });
}

export function damaged(): HistoryError {
  return new HistoryError('store_damaged', DAMAGED);
}

export function noSuchContact(): HistoryError {
  return new HistoryError('no_such_contact', 'This contact is not in the list.');
}
