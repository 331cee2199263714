import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileSource } from '../../core/ports/files.js';
import { MessengerError } from '../../errors.js';
import { translateError } from '../translate-error.js';

/** A file, read from its beginning. What is behind a link is not what was offered: links are not followed. */
export async function openFileSource(path: string): Promise<Omit<FileSource, 'confirm'>> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    return {
      read: async (into) => {
        let length = 0;
        for (let rest = into; rest.length > 0;) {
          const { bytesRead } = await file.readv(rest);
          if (bytesRead === 0) break;
          length += bytesRead;
          rest = beyond(rest, bytesRead);
        }
        return length;
      },
      close: () => file.close(),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'ENOENT' || code === 'ELOOP' ? changedFile() : translateError(error);
  }
}

/** What is left of these after so many bytes. */
function beyond(pieces: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let left = bytes;
  return pieces.flatMap((piece) => {
    const taken = Math.min(left, piece.length);
    left -= taken;
    return taken < piece.length ? [piece.subarray(taken)] : [];
  });
}

export function changedFile(): MessengerError {
  return new MessengerError(
    'file_changed',
    'The file was changed since it was offered. Offer it again.',
  );
}
