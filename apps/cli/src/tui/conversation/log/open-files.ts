import type { FileInfo } from '@gravy/messenger';
import { deedsFor, type FileDeed } from '../../../file/file-deeds.js';
import type { Log } from './log.js';

const NEWEST = 100;

/** Whether a file among the newest messages has not ended. */
export function hasOpenFile({ entries }: Log): boolean {
  return entries
    .slice(-NEWEST)
    .some(
      (entry) =>
        entry.kind === 'message' &&
        entry.message.file !== undefined &&
        deedsFor(entry.message.file).length > 0,
    );
}

/** The files that allow a deed now, oldest first. */
export function filesFor({ entries }: Log, deed: FileDeed): readonly FileInfo[] {
  return entries.flatMap((entry) => {
    const file = entry.kind === 'message' ? entry.message.file : undefined;
    return file !== undefined && deedsFor(file).includes(deed) ? [file] : [];
  });
}
