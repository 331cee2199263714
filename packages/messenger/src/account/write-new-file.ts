import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { MessengerError } from '../errors.js';
import { syncFolder } from './files/sync-folder.js';

/**
 * Writes a file that was not there, readable by its owner only, whole or not at all.
 * @throws MessengerError `file_exists`, `no_such_file` for a path that is not absolute
 */
export async function writeNewFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  if (!isAbsolute(path)) {
    throw new MessengerError('no_such_file', 'Give the whole path of the file, from the root on.');
  }
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await giveName(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

async function giveName(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path); // unlike a rename, it never replaces
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await isThere(path))) {
      throw new MessengerError(
        'file_exists',
        'There is a file of that name already. Nothing was written; choose another path.',
        { cause: error },
      );
    }
    // File systems without links, as on memory sticks: between looking and renaming somebody may come.
    await rename(temporary, path);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
