import { open } from 'node:fs/promises';

/** Enough for the system to bring many files to the medium in one go. */
const SYNCS_AT_ONCE = 16;

/** Brings a folder's entries to the medium. Windows has no such thing, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await syncOne(folder);
}

/** The same for many files and folders. */
export async function syncAll(paths: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return;
  const rest = paths[Symbol.iterator]();
  const syncRest = async (): Promise<void> => {
    for (const path of rest) await syncOne(path);
  };
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, syncRest));
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
