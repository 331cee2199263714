/**
 * Why the store could not do what was asked:
 *
 * - `store_damaged`: the file is not a store that this key opens, or its pages do not check. It is left as it is: restore a backup.
 * - `store_too_new`: a newer version wrote the file. Update.
 * - `in_use`: another process holds the lock; `pid` says which.
 * - `disk_full`: nothing was written. Make room and try again.
 * - `io_error`: the medium failed. Check it.
 * - `no_permission`: the file or its folder may not be written.
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

const FROM_SQLITE: readonly (readonly [prefix: string, code: HistoryErrorCode, message: string])[] =
  [
    ['SQLITE_FULL', 'disk_full', 'The disk is full; nothing was stored. Make room and try again.'],
    [
      'SQLITE_NOTADB',
      'store_damaged',
      'The history cannot be opened: the file is damaged, or its key is another one. It was left as it is.',
    ],
    [
      'SQLITE_CORRUPT',
      'store_damaged',
      'The history is damaged. The file was left as it is; restore a backup.',
    ],
    ['SQLITE_READONLY', 'no_permission', 'The history may not be written. Check its permissions.'],
    ['SQLITE_CANTOPEN', 'no_permission', 'The history cannot be opened. Check its permissions.'],
    ['SQLITE_PERM', 'no_permission', 'The history may not be used. Check its permissions.'],
    ['SQLITE_BUSY', 'in_use', 'Another process is using this file. Close it there first.'],
    ['SQLITE_IOERR', 'io_error', 'Reading or writing the history failed. Check the disk.'],
  ];

/** What an error of SQLite means; any other error stays what it is. */
export function historyErrorFrom(error: unknown): unknown {
  if (error instanceof HistoryError || !(error instanceof Error) || !('code' in error))
    return error;
  const sqliteCode = String(error.code);
  const found = FROM_SQLITE.find(([prefix]) => sqliteCode.startsWith(prefix));
  if (found === undefined) return error;
  const [, code, message] = found;
  return new HistoryError(code, message, { cause: error });
}
