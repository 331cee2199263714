import { readIdentityFileId } from '@gravy/identity/file';
import type { AccountInfo } from '../api/schemas.js';
import { Home } from './home.js';

/**
 * The accounts of a home folder, in alphabetical order, opened or not. One whose key file is damaged is
 * listed with an empty id: it must not seem to be gone.
 */
export async function listAccounts(homeFolder: string): Promise<AccountInfo[]> {
  const home = new Home(homeFolder);
  const names = await home.accountNames();
  const entries = await Promise.all(
    names.map(async (name) => ({ name, id: await readId(home.paths(name).identity) })),
  );
  return entries.filter((entry): entry is AccountInfo => entry.id !== undefined);
}

async function readId(path: string): Promise<string | undefined> {
  try {
    return await readIdentityFileId(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
