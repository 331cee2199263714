import { acquireLock, examineHistory, type HistoryReport, salvageHistory } from '@gravy/history';
import type { Identity } from '@gravy/identity';
import type { HistoryCondition } from '../api/schemas.js';
import type { AccountFolders } from './account-folders.js';
import { HISTORY_KEY_INFO } from './history-key.js';
import type { AccountPaths } from './home.js';

interface ChosenAccount {
  readonly folders: AccountFolders;
  readonly name: string;
  readonly password: string;
  /** Closes the account if this process has it open; called once the password was right. */
  readonly close: () => Promise<void>;
}

/** So many damaged pages are told by number. */
const MAX_PAGES_TOLD = 100;

/**
 * Reads the whole history of an account that nobody has open, and says what is the matter with it.
 * Changes nothing. @throws HistoryError `in_use`, and as `examineHistory`; IdentityError
 */
export async function examineAccount(account: ChosenAccount): Promise<HistoryCondition> {
  return withHistory(account, async ({ key, paths }) =>
    conditionOf(examineHistory({ path: paths.history, key })),
  );
}

/**
 * Makes another account with the same key out of what still reads of an account's history. The damaged
 * one stays as it is, with its received files. All of it happens, or nothing.
 * @throws MessengerError `account_exists`, `invalid_name`, `no_such_account`; HistoryError `in_use`,
 * `store_damaged` if nothing reads, and as `salvageHistory`; IdentityError
 */
export async function salvageAccount(
  account: ChosenAccount & {
    /** What the new account is called; its password is the same. */
    readonly as: string;
  },
): Promise<{ name: string; id: string; history: HistoryCondition }> {
  const { folders, password, as } = account;
  return withHistory(account, async ({ key, paths, identity }) => {
    let report: HistoryReport | undefined;
    const { name } = await folders.create({ name: as, identity, password }, async (created) => {
      report = salvageHistory({ path: paths.history, key, into: created.history });
    });
    if (report === undefined) throw new Error('An account was made without its history.');
    return { name, id: identity.text, history: conditionOf(report) };
  });
}

/** Unlocks an account for as long as something is done with its history. Key and identity are erased after it. */
async function withHistory<T>(
  { folders, name, password, close }: ChosenAccount,
  use: (opened: { key: Uint8Array; paths: AccountPaths; identity: Identity }) => Promise<T>,
): Promise<T> {
  const { paths } = await folders.find(name);
  const identity = await folders.unlock(paths, password);
  const key = identity.derive(HISTORY_KEY_INFO, 32);
  try {
    await close();
    const lock = acquireLock(paths.lock);
    try {
      return await use({ key, paths, identity });
    } finally {
      lock.release();
    }
  } finally {
    key.fill(0);
    identity.erase();
  }
}

function conditionOf({ pages, damagedPages, tables }: HistoryReport): HistoryCondition {
  return {
    pages,
    damagedPages: damagedPages.length,
    firstDamagedPages: damagedPages.slice(0, MAX_PAGES_TOLD),
    tables: tables.map(({ name, rows, isComplete }) => ({ name, rows, complete: isComplete })),
  };
}
