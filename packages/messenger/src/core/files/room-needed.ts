import { MAX_ARCHIVE_DEPTH, MAX_ARCHIVE_ENTRIES } from './archive-limits.js';

/** An archive has a header for each path, which can name as many new folders as there may be in each other. */
const HEADER_BYTES = 512;
/** What the smallest file takes, and an empty folder. */
const BLOCK_BYTES = 4_096;

/** The most that the disk has to have free for the rest of a file. A folder is unpacked beside its archive. */
export function roomNeeded(file: { size: number; bytes: number; isFolder: boolean }): number {
  const toCome = file.size - file.bytes;
  if (!file.isFolder) return toCome;
  const named = Math.floor(file.size / HEADER_BYTES) * MAX_ARCHIVE_DEPTH;
  return toCome + file.size + Math.min(named, MAX_ARCHIVE_ENTRIES) * BLOCK_BYTES;
}
