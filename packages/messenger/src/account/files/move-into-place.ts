import { link, lstat, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedName } from '../../core/files/received-name.js';

const MAX_NUMBER = 10_000;

/**
 * Gives what was received its name, or the first of "name (1)", "name (2)", ... that is free: nothing
 * that is there is ever replaced. Resolves with its path. A file may stay under its old name as well; one
 * that an attempt which was interrupted has put into place already is not put there again.
 */
export async function moveIntoPlace(
  from: string,
  { directory, name }: { directory: string; name: string },
): Promise<string> {
  for (let number = 0; number < MAX_NUMBER; number++) {
    const path = join(directory, numberedName(name, number));
    if (await take(from, path)) return path;
  }
  throw new Error('No name is free for a received file.');
}

async function take(from: string, path: string): Promise<boolean> {
  const source = await lstat(from);
  const there = await lstat(path).catch(() => undefined);
  if (there !== undefined) {
    return source.isFile() && there.ino === source.ino && there.dev === source.dev;
  }
  if (source.isDirectory()) {
    await rename(from, path);
    return true;
  }
  try {
    await link(from, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return takeByRenaming(from, path);
  }
}

/** For file systems without links, as on memory cards: the name is taken first, so that only what is ours is replaced. */
async function takeByRenaming(from: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await rename(from, path);
  return true;
}
