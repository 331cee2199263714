import { resolve } from 'node:path';
import type { Context } from '../context.js';
import { type Outcome, writeAside } from '../outcome.js';
import { askHidden } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { canAsk } from '../terminal/terminal.js';
import { openAccount, openHome } from './open-account.js';
import {
  chosenPassword,
  currentPassword,
  givenPassword,
  passwordNeeded,
  readPasswordFile,
} from './password.js';

const BACKUP_PASSWORD_OPTION = '--backup-password-file';

interface BackupOptions {
  readonly backupPasswordFile?: string;
}

/** Writes the account to one file, which has a password of its own: it may lie where others have access. */
export async function exportAccount(
  context: Context,
  file: string,
  { backupPasswordFile }: BackupOptions,
): Promise<Outcome> {
  const given = await fromFile(backupPasswordFile);
  if (given === undefined && !canAsk(context.terminal)) {
    throw passwordNeeded(BACKUP_PASSWORD_OPTION, '');
  }
  const opened = await openAccount(context);
  // An account that another process has open was not asked for its password yet.
  const name = escapeLine(opened.account.name);
  const password = opened.password ?? (await currentPassword(context, `Password of ${name}: `));
  if (given === undefined) {
    writeAside(context, ['The backup has a password of its own. It cannot be recovered either.']);
  }
  const option = { name: BACKUP_PASSWORD_OPTION, alternative: '' } as const;
  const backupPassword = await chosenPassword(context, given, option);
  const path = resolve(file);
  await opened.gravy.call('account.export', { path, password, backupPassword });
  return {
    value: { path },
    lines: [
      `${name} is backed up to ${escapeLine(path)}: key, contacts and history, no received files.`,
      `To get it back: gravy account import ${escapeLine(file)}`,
    ],
  };
}

export async function importAccount(
  context: Context,
  file: string,
  options: BackupOptions & { name?: string },
): Promise<Outcome> {
  const { terminal } = context;
  const given = await fromFile(options.backupPasswordFile);
  if (given === undefined && !canAsk(terminal)) throw passwordNeeded(BACKUP_PASSWORD_OPTION, '');
  const gravy = await openHome(context);
  const backupPassword = given ?? (await askHidden(terminal, 'Password of the backup: '));
  const option = { name: '--password-file', alternative: ', or set GRAVY_PASSWORD' } as const;
  const password = await chosenPassword(context, await givenPassword(context), option);
  const account = await gravy.call('account.import', {
    path: resolve(file),
    backupPassword,
    password,
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  return {
    value: account,
    lines: [
      `${escapeLine(account.name)} is back, with its key, contacts and history.`,
      "Use it in one place at a time: two machines with one key end each other's sessions.",
    ],
  };
}

async function fromFile(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : readPasswordFile(path);
}
