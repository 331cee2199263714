import type { AccountInfo, Gravy } from '@gravy/messenger';
import { passwordAdvice } from '../account/actions.js';
import { homeOf, findAccount } from '../account/open-account.js';
import { chosenPassword, givenPassword } from '../account/password.js';
import type { Context } from '../context.js';
import { describeError, isMessengerError, writeError } from '../report-error.js';
import { askHidden, askLine } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { shortenId } from '../terminal/table.js';

/** Opens an account: the one that is wanted, the only one, one out of the menu, or a new one. */
export async function enterAccount(
  context: Context,
  gravy: Gravy,
  wanted: string | undefined,
): Promise<AccountInfo> {
  const all = await gravy.call('account.list', {});
  if (wanted !== undefined) return openOrAsk(context, gravy, findAccount(all, wanted));
  const [only, ...others] = all;
  if (only === undefined) {
    context.terminal.errors.write('There is no account here yet. You make one now.\n');
    return createNew(context, gravy);
  }
  if (others.length === 0) return openOrAsk(context, gravy, only);
  return choose(context, gravy, all);
}

async function choose(
  context: Context,
  gravy: Gravy,
  all: readonly AccountInfo[],
): Promise<AccountInfo> {
  const { errors } = context.terminal;
  all.forEach(({ name, id }, index) => {
    errors.write(`  ${index + 1}  ${escapeLine(name)}  ${context.style.dim(shortenId(id))}\n`);
  });
  errors.write('  n  Create account\n\n');
  for (;;) {
    const answer = await askLine(context.terminal, 'Log in as (number or name): ');
    if (answer.toLowerCase() === 'n') return createNew(context, gravy);
    const account =
      all[Number(answer) - 1] ?? all.find(({ name }) => name === answer.normalize('NFC'));
    if (account !== undefined) return openOrAsk(context, gravy, account);
    errors.write(`Type a number from 1 to ${all.length}, a name, or n.\n`);
  }
}

async function openOrAsk(
  context: Context,
  gravy: Gravy,
  account: AccountInfo,
): Promise<AccountInfo> {
  const { name } = account;
  const { terminal } = context;
  if (await gravy.attach(name)) {
    terminal.errors.write(`${escapeLine(name)} is open in another process; this one joins it.\n`);
    return account;
  }
  const given = await givenPassword(context);
  if (given !== undefined) return gravy.call('account.unlock', { name, password: given });
  for (;;) {
    const password = await askHidden(terminal, `Password of ${escapeLine(name)}: `);
    if (password === '') continue;
    try {
      return await gravy.call('account.unlock', { name, password });
    } catch (error) {
      if (!isMessengerError(error) || error.code !== 'wrong_password') throw error;
      terminal.errors.write('That is not the password. Once more, or Ctrl-C:\n');
    }
  }
}

async function createNew(context: Context, gravy: Gravy): Promise<AccountInfo> {
  const { terminal } = context;
  for (;;) {
    const name = await askLine(terminal, 'Account name: ');
    if (name === '') continue;
    const password = await chosenPassword(context, await givenPassword(context), {
      name: '--password-file',
      alternative: '',
    });
    try {
      const account = await gravy.call('account.create', { name, password });
      terminal.errors.write(`\n${passwordAdvice(homeOf(context), account.name).join('\n')}\n`);
      return account;
    } catch (error) {
      const isAboutName =
        isMessengerError(error) &&
        (error.code === 'invalid_name' || error.code === 'account_exists');
      if (!isAboutName) throw error;
      writeError(describeError(error), terminal.errors, false);
    }
  }
}
