import type { FileInfo } from '@gravy/messenger';
import { formatBytes } from '../../../file/amounts.js';
import { deedsFor, type FileDeed, wordFor } from '../../../file/file-deeds.js';
import { describeState, nameOfFile } from '../../../file/file-words.js';
import { describeProgress, formatProgress } from '../../../file/progress-line.js';
import type { Style } from '../../../terminal/style.js';
import { wrap } from '../../../terminal/wrap.js';

const LEAST_COLUMNS_FOR_BAR = 64;

/** A file in a conversation: what it is, how far it is, and what can be done about it. */
export function fileRows(
  file: FileInfo,
  options: { room: number; style: Style; bytesPerSecond: number | undefined },
): string[] {
  const { room, style, bytesPerSecond = 0 } = options;
  const head = wrap(`${nameOfFile(file)}, ${formatBytes(file.size)}`, room);
  const progress = { bytes: file.bytes, size: file.size, bytesPerSecond };
  const state =
    file.state !== 'transferring'
      ? describeState(file)
      : room < LEAST_COLUMNS_FOR_BAR
        ? describeProgress(progress)
        : formatProgress(progress);
  const paint = file.state === 'failed' ? style.warning : style.dim;
  const deeds = deedsFor(file).map((deed) => `${KEYS_OF_DEEDS[deed]} ${wordFor(deed, file)}`);
  const rows = wrap(state, room).map(paint);
  if (deeds.length > 0) rows.push(style.accent(`[${deeds.join('] [')}]`));
  return [...head, ...rows];
}

/** The key for a deed while the entry of the file is selected: as its button begins, or would. */
export const KEYS_OF_DEEDS: Readonly<Record<FileDeed, string>> = {
  accept: 'a',
  decline: 'd',
  cancel: 'c',
};
