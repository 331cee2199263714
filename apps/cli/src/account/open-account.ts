import type { AccountInfo, Gravy, GravyClient } from '@gravy/messenger';
import { listAccounts } from '@gravy/messenger/accounts';
import { defaultHome } from '@gravy/messenger/home';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { escapeLine } from '../terminal/escape.js';
import { currentPassword } from './password.js';

/** The core for this run's home, closed when the run ends. Loaded here and not before: it is heavy. */
export async function openHome(context: Context): Promise<Gravy> {
  const { openGravy } = await import('@gravy/messenger');
  const gravy = await openGravy({ home: homeOf(context) });
  context.cleanups.push(() => gravy.close());
  return gravy;
}

/** The account a command is about: --account, or the only one there is. */
export async function chosenAccount(context: Context): Promise<AccountInfo> {
  const accounts = await listAccounts(homeOf(context));
  const wanted = context.options.account?.normalize('NFC');
  if (wanted !== undefined) return findAccount(accounts, wanted);
  const [only, ...others] = accounts;
  if (only === undefined) {
    throw new CliError('no_such_account', 'There is no account yet.', 'gravy account create NAME');
  }
  if (others.length > 0) {
    const names = accounts.map((account) => escapeLine(account.name)).join(', ');
    throw new CliError(
      'account_needed',
      `There are several accounts: ${names}.`,
      'the same command with --account NAME',
    );
  }
  return only;
}

/** @throws CliError `no_such_account` */
export function findAccount(accounts: readonly AccountInfo[], wanted: string): AccountInfo {
  const found =
    accounts.find(({ name }) => name === wanted) ??
    accounts.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw new CliError(
    'no_such_account',
    'This home has no account of that name.',
    'gravy account list',
  );
}

export interface OpenAccount {
  readonly gravy: GravyClient;
  readonly account: AccountInfo;
  /** What it was unlocked with; absent if another process has it open and nobody was asked. */
  readonly password?: string;
}

/**
 * The account, open: through the process that has it open already, without a password, or else
 * unlocked in this one.
 */
export async function openAccount(context: Context): Promise<OpenAccount> {
  const gravy = await openHome(context);
  const account = await chosenAccount(context);
  if (await gravy.attach(account.name)) return { gravy, account };
  const password = await currentPassword(context, `Password of ${escapeLine(account.name)}: `);
  await gravy.call('account.unlock', { name: account.name, password });
  return { gravy, account, password };
}

/** The account if another process has it open; nobody else can have sessions to speak of. */
export async function attachIfOpen(context: Context): Promise<GravyClient | undefined> {
  const gravy = await openHome(context);
  const account = await chosenAccount(context);
  return (await gravy.attach(account.name)) ? gravy : undefined;
}

/** The folder of Gravy's data: as asked for, or the platform's. */
export function homeOf({ options, env }: Context): string {
  return options.home ?? defaultHome(env);
}
