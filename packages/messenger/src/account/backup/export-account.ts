import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryStore } from '@gravy/history';
import { lockIdentity } from '@gravy/identity';
import { openIdentityFile } from '@gravy/identity/file';
import type { AccountPaths } from '../home.js';
import { writeNewFile } from '../write-new-file.js';
import { writeBackup } from './backup-file.js';

const COPY_PREFIX = 'backup-';

/**
 * Writes an account to one new file, locked by a password of its own.
 * @throws IdentityError `wrong_password`; MessengerError `file_exists`; what the disk says
 */
export async function exportAccount(options: {
  name: string;
  paths: AccountPaths;
  store: HistoryStore;
  path: string;
  password: string;
  backupPassword: string;
}): Promise<void> {
  const { name, paths, store, path, password, backupPassword } = options;
  const identity = await openIdentityFile(paths.identity, password);
  let locked: string;
  try {
    locked = await lockIdentity(identity, backupPassword);
  } finally {
    identity.erase();
  }
  // Encrypted like the history itself, and beside it: on the same disk, in a private folder.
  const historyPath = join(paths.folder, `${COPY_PREFIX}${randomUUID()}.db`);
  try {
    await writeNewFile(path, async (file) => {
      store.copyTo(historyPath);
      await writeBackup(file, { name, identity: locked, historyPath });
    });
  } finally {
    await rm(historyPath, { force: true });
  }
}

/** Removes the copies that an export left which was killed: what is deleted later must not stay in them. */
export async function discardCopies({ folder }: AccountPaths): Promise<void> {
  const copies = (await readdir(folder)).filter((name) => name.startsWith(COPY_PREFIX));
  await Promise.all(copies.map((name) => rm(join(folder, name), { force: true })));
}
