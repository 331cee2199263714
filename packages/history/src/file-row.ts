/**
 * How far a file is.
 *
 *     offered --> transferring <--> paused
 *        `------------+---------------+--> done, declined, cancelled or failed, for good
 */
export type FileState =
  | 'offered'
  | 'transferring'
  | 'paused'
  | 'done'
  | 'declined'
  | 'cancelled'
  | 'failed';

/** What a conversation shows of a file; its name is the message's text. */
export interface StoredFile {
  /** Bytes in all, as the sender said. */
  readonly size: number;
  /** Bytes that are known to have arrived. */
  readonly bytes: number;
  readonly state: FileState;
  readonly isFolder: boolean;
  /** What the sender calls its kind. */
  readonly mediaType?: string | undefined;
  /** Where it is here: what is sent, or where it was put once done. */
  readonly path?: string | undefined;
  /** Why it ended, in words for people. */
  readonly reason?: string | undefined;
}

/** All that is null for a message that stands for no file. */
export interface FileColumns {
  readonly file_state: number | null;
  readonly media_type: string | null;
  readonly size: number | null;
  readonly bytes: number | null;
  readonly is_folder: number | null;
  readonly path: string | null;
  readonly reason: string | null;
}

export const FILE_COLUMNS =
  'transfers.file_state, media_type, size, bytes, is_folder, path, reason';

// Numbers in the file: only ever add at the end. Below 3 are those that go on.
const STATES: readonly FileState[] = [
  'offered',
  'transferring',
  'paused',
  'done',
  'declined',
  'cancelled',
  'failed',
];

export function fileStateNumber(state: FileState): number {
  return STATES.indexOf(state);
}

export function fileFromRow(row: FileColumns): StoredFile | undefined {
  if (row.file_state === null) return undefined;
  return {
    size: row.size ?? 0,
    bytes: row.bytes ?? 0,
    state: STATES[row.file_state] ?? 'failed',
    isFolder: row.is_folder === 1,
    ...(row.media_type === null ? {} : { mediaType: row.media_type }),
    ...(row.path === null ? {} : { path: row.path }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}
