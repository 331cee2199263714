import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { restoreHistory } from '@gravy/history';
import { type Identity, unlockIdentity } from '@gravy/identity';
import type { AccountFolders } from '../account-folders.js';
import type { AccountPaths } from '../home.js';
import { HISTORY_KEY_INFO } from '../history-key.js';
import { extractHistory, readBackupHeader } from './backup-file.js';

/**
 * Makes an account out of a backup: all of it, or nothing. The identity is the caller's to erase.
 * @throws MessengerError `no_such_file`, `invalid_backup`, `account_exists`, `invalid_name`;
 * IdentityError `wrong_password`; HistoryError
 */
export async function importAccount(options: {
  folders: AccountFolders;
  path: string;
  backupPassword: string;
  password: string;
  name?: string | undefined;
}): Promise<{ name: string; paths: AccountPaths; identity: Identity }> {
  const { folders, path, backupPassword, password } = options;
  const header = await readBackupHeader(path);
  const identity = await unlockIdentity(header.identity, backupPassword);
  try {
    const created = await folders.create(
      { name: options.name ?? header.name, identity, password },
      (paths) => restore({ path, header }, paths, identity),
    );
    return { ...created, identity };
  } catch (error) {
    identity.erase();
    throw error;
  }
}

async function restore(
  backup: Parameters<typeof extractHistory>[0],
  paths: AccountPaths,
  identity: Identity,
): Promise<void> {
  const extracted = join(paths.folder, 'history.restored');
  const key = identity.derive(HISTORY_KEY_INFO, 32);
  try {
    await rm(extracted, { force: true }); // of an attempt that was interrupted
    await extractHistory(backup, extracted);
    restoreHistory({ from: extracted, path: paths.history, key });
  } finally {
    key.fill(0);
    await rm(extracted, { force: true });
  }
}
