import { createHash } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Files, OfferedPath, RunningHash } from '../../core/ports/files.js';
import { MessengerError } from '../../errors.js';
import { translateError } from '../translate-error.js';
import { type ArchivePlan, planArchive } from './archive-plan.js';
import { openArchiveSource } from './archive-source.js';
import { openSink } from './file-sink.js';
import { changedFile, openFileSource } from './file-source.js';
import { freeBytes } from './free-bytes.js';
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
    requireSame(found, offered);
    const confirm = async (): Promise<void> => requireSame(await look(offered.path), offered);
    if (found.plan !== undefined) return openArchiveSource(found.plan, confirm);
    return { ...(await openFileSource(offered.path)), confirm };
  },

  openSink,
  isWholePath: isAbsolute,
  freeBytes,

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
      update: async (data) => void hash.update(data),
      digest: async () => new Uint8Array(hash.copy().digest()),
    };
  },
};

interface Found extends OfferedPath {
  /** Of a folder. */
  readonly plan?: ArchivePlan;
}

async function look(path: string): Promise<Found> {
  const found = await lstat(path).catch((cause: unknown) => {
    throw noSuchFile(cause);
  });
  const name = basename(path);
  if (found.isFile()) {
    const modifiedAt = Math.floor(found.mtimeMs);
    return { path, name, size: found.size, modifiedAt, isFolder: false };
  }
  if (!found.isDirectory()) {
    throw new MessengerError('no_such_file', 'Only files and folders can be sent, and no links.');
  }
  try {
    const plan = await planArchive(path);
    const { size, modifiedAt } = plan;
    return { path, name, size, modifiedAt, isFolder: true, plan };
  } catch (error) {
    // Something in it went while it was being looked at, or has a name that is no text.
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isGone ? noSuchFile(error) : translateError(error);
  }
}

function requireSame(found: OfferedPath, offered: Omit<OfferedPath, 'name'>): void {
  const isSame =
    found.isFolder === offered.isFolder &&
    found.size === offered.size &&
    found.modifiedAt === offered.modifiedAt;
  if (!isSame) throw changedFile();
}

function noSuchFile(cause: unknown): MessengerError {
  return new MessengerError(
    'no_such_file',
    'There is no such file, or it may not be read. Check the path.',
    { cause },
  );
}
