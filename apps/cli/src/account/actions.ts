import { join } from 'node:path';
import { listAccounts as readAccounts } from '@gravy/messenger/accounts';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { type Outcome, writeAside } from '../outcome.js';
import { askLine } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { renderQr } from '../terminal/qr.js';
import { formatPairs, formatTable, shortenId } from '../terminal/table.js';
import { canAsk } from '../terminal/terminal.js';
import { findAccount, homeOf, openAccount, openHome } from './open-account.js';
import { chosenPassword, currentPassword, givenPassword, readPasswordFile } from './password.js';

export async function createAccount(context: Context, name: string): Promise<Outcome> {
  const gravy = await openHome(context);
  const accounts = await gravy.call('account.list', {});
  // Asked before the password is: the core says the same, but only after it was typed twice.
  if (accounts.some((account) => account.name.toLowerCase() === name.toLowerCase())) {
    throw new CliError('account_exists', 'An account of that name exists.', 'gravy account list');
  }
  const password = await chosenPassword(context, await givenPassword(context), {
    name: '--password-file',
    alternative: ', or set GRAVY_PASSWORD',
  });
  const account = await gravy.call('account.create', { name, password });
  writeAside(context, passwordAdvice(homeOf(context), account.name));
  return {
    value: account,
    lines: [
      ...formatPairs(
        [
          ['Account', escapeLine(account.name)],
          ['Id', account.id],
        ],
        context.style,
      ),
      '',
      'Send the id to the people you want to talk to, and add theirs:',
      '  gravy contact add NAME ID',
    ],
  };
}

/** Said once, when it matters: at creation. */
export function passwordAdvice(home: string, name: string): string[] {
  return [
    'A forgotten password cannot be recovered: key and history stay locked for good.',
    `To back up: gravy account export FILE (all of it is in ${escapeLine(join(home, 'accounts', name))})`,
    '',
  ];
}

export async function listAccounts(context: Context): Promise<Outcome> {
  const accounts = await readAccounts(homeOf(context));
  if (accounts.length === 0) {
    return { value: accounts, lines: ['No account yet. Make one: gravy account create NAME'] };
  }
  const rows = accounts.map(({ name, id }) => [escapeLine(name), escapeLine(shortenId(id))]);
  return { value: accounts, lines: formatTable(['NAME', 'ID'], rows, context.style) };
}

export async function showAccount(context: Context, options: { qr?: true }): Promise<Outcome> {
  const { gravy } = await openAccount(context);
  const account = await gravy.call('account.show', {});
  return {
    value: account,
    lines: [
      ...formatPairs(
        [
          ['Account', escapeLine(account.name)],
          ['Id', account.id],
        ],
        context.style,
      ),
      ...(options.qr === true ? ['', ...(await renderQr(account.id, context.style))] : []),
    ],
  };
}

export async function changePassword(
  context: Context,
  options: { newPasswordFile?: string },
): Promise<Outcome> {
  const { newPasswordFile } = options;
  const given = newPasswordFile === undefined ? undefined : await readPasswordFile(newPasswordFile);
  if (given === undefined && !canAsk(context.terminal)) {
    await chosenPassword(context, undefined, { name: '--new-password-file', alternative: '' });
  }
  const { gravy, account, password } = await openAccount(context);
  // An account that another process has open was not asked for its password yet; changing it is.
  const oldPassword =
    password ?? (await currentPassword(context, `Password of ${escapeLine(account.name)}: `));
  const newPassword = await chosenPassword(context, given, {
    name: '--new-password-file',
    alternative: '',
  });
  await gravy.call('account.changePassword', { oldPassword, newPassword });
  return { value: {}, lines: [`The password of ${escapeLine(account.name)} is changed.`] };
}

export async function deleteAccount(
  context: Context,
  name: string,
  options: { confirm?: string },
): Promise<Outcome> {
  const gravy = await openHome(context);
  const account = findAccount(await gravy.call('account.list', {}), name);
  const confirm = options.confirm ?? (await askForName(context, account.name));
  if (confirm.normalize('NFC') !== account.name) {
    throw new CliError(
      'cancelled',
      'That is not the name of the account, so nothing was deleted.',
      'gravy account list',
    );
  }
  await gravy.call('account.delete', { name: account.name, confirm: account.name });
  return { value: {}, lines: [`${escapeLine(account.name)} is deleted.`] };
}

async function askForName({ terminal }: Context, name: string): Promise<string> {
  if (!canAsk(terminal)) {
    throw new CliError(
      'confirmation_needed',
      'Deleting must be confirmed, and there is no terminal to ask for it.',
      'the same command with --confirm NAME',
    );
  }
  terminal.errors.write(
    `This deletes the key, the contacts and the history of ${escapeLine(name)} for good.\n`,
  );
  return askLine(terminal, 'Type the name of the account to delete it: ');
}
