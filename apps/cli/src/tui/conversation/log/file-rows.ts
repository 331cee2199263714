import type { FileInfo } from '@gravy/messenger';
import { formatBytes } from '../../../file/amounts.js';
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
  const deeds = deedsFor(file).map(({ key, word }) => `${key} ${word}`);
  const rows = wrap(state, room).map(paint);
  if (deeds.length > 0) rows.push(style.accent(`[${deeds.join('] [')}]`));
  return [...head, ...rows];
}

/** What can be done about a file, with the key that does it while its entry is selected. */
export interface FileDeed {
  readonly key: 'a' | 'd' | 'c';
  readonly word: 'Accept' | 'Go on' | 'Decline' | 'Cancel';
}

export function deedsFor({ direction, state }: FileInfo): readonly FileDeed[] {
  const cancel = { key: 'c', word: 'Cancel' } as const;
  switch (state) {
    case 'offered':
      if (direction === 'out') return [cancel];
      return [
        { key: 'a', word: 'Accept' },
        { key: 'd', word: 'Decline' },
      ];
    case 'transferring':
      return [cancel];
    case 'paused':
      return direction === 'in' ? [{ key: 'a', word: 'Go on' }, cancel] : [cancel];
    case 'done':
    case 'declined':
    case 'cancelled':
    case 'failed':
      return [];
    default:
      return state satisfies never;
  }
}
