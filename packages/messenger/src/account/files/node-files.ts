import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Files, OfferedPath, RunningHash } from '../../core/ports/files.js';
import { MessengerError } from '../../errors.js';
import { planArchive } from './archive-plan.js';
import { openArchiveSource } from './archive-source.js';
import { openSink } from './file-sink.js';
import { openFileSource } from './file-source.js';
import { unpackedPath } from './unpack-archive.js';

/** The file system of this machine. */
export const nodeFiles: Files = {
  look: async (path) => {
    if (!isAbsolute(path)) {
      throw new MessengerError(
        'no_such_file',
        'Give the whole path of the file, from the root on.',
      );
    }
    return look(path);
  },

  openSource: async (offered) => {
    const found = await look(offered.path);
    const isSame =
      found.isFolder === offered.isFolder &&
      found.size === offered.size &&
      found.modifiedAt === offered.modifiedAt;
    if (!isSame) {
      throw new MessengerError(
        'file_changed',
        'The file was changed since it was offered. Offer it again.',
      );
    }
    return offered.isFolder ? openArchiveSource(offered.path) : openFileSource(offered.path);
  },

  openSink,

  discard: async (temporaryPath) => {
    await rm(temporaryPath, { force: true });
    await rm(unpackedPath(temporaryPath), { force: true, recursive: true });
  },

  remove: async (path) => {
    await rm(path, { force: true, recursive: true });
  },

  startHash: (): RunningHash => {
    const hash = createHash('sha256');
    return {
      update: (data) => void hash.update(data),
      digest: () => new Uint8Array(hash.copy().digest()),
    };
  },
};

async function look(path: string): Promise<OfferedPath> {
  const found = await lstat(path).catch((cause: unknown) => {
    throw new MessengerError(
      'no_such_file',
      'There is no such file, or it may not be read. Check the path.',
      { cause },
    );
  });
  const name = basename(path);
  if (found.isFile()) {
    const modifiedAt = Math.floor(found.mtimeMs);
    return { path, name, size: found.size, modifiedAt, isFolder: false };
  }
  if (found.isDirectory()) {
    const { size, modifiedAt } = await planArchive(path);
    return { path, name, size, modifiedAt, isFolder: true };
  }
  throw new MessengerError('no_such_file', 'Only files and folders can be sent, and no links.');
}
