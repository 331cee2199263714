import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock } from '@gravy/history/lock';
import type { Identity } from '@gravy/identity';
import { createIdentityFile, openIdentityFile } from '@gravy/identity/file';
import type { AccountInfo } from '../api/schemas.js';
import { MessengerError } from '../errors.js';
import { checkAccountName, isSameAccountName } from './account-name.js';
import type { AccountPaths, Home } from './home.js';
import { listAccounts } from './list-accounts.js';

/** The accounts of a home as folders on disk, opened or not. */
export class AccountFolders {
  readonly #home: Home;

  constructor(home: Home) {
    this.#home = home;
  }

  list(): Promise<AccountInfo[]> {
    return listAccounts(this.#home.folder);
  }

  /** @throws MessengerError `no_such_account` */
  async find(name: string): Promise<{ name: string; paths: AccountPaths }> {
    const names = (await this.list()).map((account) => account.name);
    const wanted = name.normalize('NFC');
    const found = names.find((candidate) => isSameAccountName(candidate, wanted));
    if (found === undefined) {
      throw new MessengerError(
        'no_such_account',
        'There is no account of that name here. account.list shows all, account.create makes one.',
      );
    }
    return { name: found, paths: this.#home.paths(found) };
  }

  /**
   * The key file comes last: before it there is no account, however this is interrupted. `fill` puts in
   * what is to be there from the beginning.
   * @throws MessengerError `invalid_name`, `account_exists`
   */
  async create(
    account: { name: string; identity: Identity; password: string },
    fill: (paths: AccountPaths) => Promise<void> = async () => undefined,
  ): Promise<{ name: string; paths: AccountPaths }> {
    const name = checkAccountName(account.name);
    const taken = (await this.list()).some((other) => isSameAccountName(other.name, name));
    if (taken) {
      throw new MessengerError(
        'account_exists',
        'An account of that name exists already. Choose another name, or unlock that one.',
      );
    }
    await this.#home.prepare();
    const paths = this.#home.paths(name);
    // A folder without a key file and without a history is what a crash may leave: it is taken over.
    await mkdir(paths.folder, { recursive: true, mode: 0o700 });
    await refuseKeyless(paths);
    try {
      await fill(paths);
      await createIdentityFile(paths.identity, account.identity, account.password);
    } catch (error) {
      await removeHistory(paths);
      throw error;
    }
    return { name, paths };
  }

  unlock(paths: AccountPaths, password: string): Promise<Identity> {
    return openIdentityFile(paths.identity, password);
  }

  /** Removes an account that nobody has open: history first, so that an interrupted one can be repeated. */
  async delete(paths: AccountPaths): Promise<void> {
    const lock = acquireLock(paths.lock);
    try {
      await removeHistory(paths);
      await rm(paths.identity);
      const names = await readdir(paths.folder);
      const others = names.map((name) => join(paths.folder, name));
      await Promise.all(
        others
          .filter((path) => path !== paths.lock)
          .map((path) => rm(path, { recursive: true, force: true })),
      );
    } finally {
      lock.release();
    }
    await rm(paths.folder, { recursive: true, force: true });
  }
}

async function removeHistory({ history }: AccountPaths): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) await rm(history + ending, { force: true });
}

/** A history is never given another key, nor deleted for a new account: somebody may look for its own. */
async function refuseKeyless({ history, folder }: AccountPaths): Promise<void> {
  const isThere = await lstat(history).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new MessengerError(
    'account_exists',
    `A history of that name is there without its key file. Put identity.json back, or move the folder ${folder} away; or choose another name.`,
  );
}
