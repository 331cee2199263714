import { link, lstat, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedName } from '../../core/files/received-name.js';

const MAX_NUMBER = 10_000;

/**
 * Gives what was received its name, or the first of "name (1)", "name (2)", ... that is free: nothing
 * that is there is ever replaced. Resolves with its path.
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
  if ((await lstat(from)).isDirectory()) {
    // A folder can be renamed onto an empty one only.
    if (await exists(path)) return false;
    await rename(from, path);
    return true;
  }
  try {
    await link(from, path);
    await unlink(from);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // File systems without links, as on memory cards: between looking and renaming somebody may come.
    if (await exists(path)) return false;
    await rename(from, path);
    return true;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
