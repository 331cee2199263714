import type { AccountInfo, Diagnosis, Gravy, HistoryCondition } from '@gravy/messenger';
import { chosenAccount } from '../account/open-account.js';
import { currentPassword, givenPassword } from '../account/password.js';
import { shellWord } from '../contact/shell-word.js';
import type { Context } from '../context.js';
import { writeAside } from '../outcome.js';
import { isMessengerError } from '../report-error.js';
import { askYesNo } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { canAsk } from '../terminal/terminal.js';
import { conditionWords } from './condition-words.js';

interface HistoryCheck {
  readonly checks: readonly Diagnosis[];
  /** What follows them, for people. */
  readonly lines: readonly string[];
}

const NOTHING: HistoryCheck = { checks: [], lines: [] };

/**
 * Reads the whole history of the account that was named, or whose password was given: without its key
 * nothing can be said of it. A damaged one can be salvaged into another account, called `salvage`; on a
 * terminal that is asked.
 */
export async function checkHistory(
  context: Context,
  gravy: Gravy,
  salvage: string | undefined,
): Promise<HistoryCheck> {
  const given = await givenPassword(context);
  const isWanted = (given ?? salvage ?? context.options.account) !== undefined;
  if (!isWanted) return notLookedAt(await gravy.call('account.list', {}));
  const account = await chosenAccount(context);
  const name = escapeLine(account.name);
  const password = await currentPassword(context, `Password of ${name}: `);
  writeAside(context, [`Reading the history of ${name} ...`]);
  const condition = await examine(gravy, { name: account.name, password });
  if (typeof condition === 'string') return checked('failed', condition);
  const words = conditionWords(condition);
  if (isSound(condition)) return checked('ok', words);
  if (condition.tables.length === 0) {
    return checked('failed', `${words} Restore a backup: gravy account import FILE.`);
  }
  const as = salvage ?? freeName(account.name, await gravy.call('account.list', {}));
  if (salvage === undefined && !(await agrees(context, words, as))) {
    const next = salvageCommand(account.name, as);
    return {
      ...checked('failed', `${words} To copy that into another account: ${next}`),
      lines: [`Next: ${escapeLine(next)}`],
    };
  }
  const made = await gravy.call('account.salvage', { name: account.name, password, as });
  const use = `gravy history show --account ${shellWord(made.name)} NAME`;
  return {
    ...checked('failed', `${words} That is in the account ${made.name} now.`),
    lines: [
      `${escapeLine(made.name)} has the key and the password of ${name}, and what still read of its history.`,
      `${name} is as it was; its received files stay in its folder. Next: ${escapeLine(use)}`,
    ],
  };
}

function notLookedAt(accounts: readonly AccountInfo[]): HistoryCheck {
  const [first] = accounts;
  if (first === undefined) return NOTHING;
  const name = accounts.length === 1 ? shellWord(first.name) : 'NAME';
  return checked('ok', `Not looked at, which takes the password: gravy doctor --account ${name}`);
}

function checked(status: Diagnosis['status'], message: string): HistoryCheck {
  return { checks: [{ name: 'history', status, message }], lines: [] };
}

/** What was found, or why nothing can be: the file is another one, say. */
async function examine(
  gravy: Gravy,
  account: { name: string; password: string },
): Promise<HistoryCondition | string> {
  try {
    return await gravy.call('account.examine', account);
  } catch (error) {
    if (isMessengerError(error) && error.code === 'store_damaged') return error.message;
    throw error;
  }
}

function isSound({ damagedPages, tables }: HistoryCondition): boolean {
  return damagedPages === 0 && tables.every(({ complete }) => complete);
}

async function agrees({ terminal }: Context, words: string, as: string): Promise<boolean> {
  if (!canAsk(terminal)) return false;
  terminal.errors.write(`${escapeLine(words)}\nThe damaged history stays as it is.\n`);
  return askYesNo(terminal, `Copy what still reads into a new account, ${escapeLine(as)}?`);
}

function salvageCommand(account: string, as: string): string {
  return `gravy doctor --account ${shellWord(account)} --salvage ${shellWord(as)}`;
}

/** A name that no account has, and short enough to be one. */
function freeName(account: string, accounts: readonly AccountInfo[]): string {
  const taken = new Set(accounts.map(({ name }) => name.toLowerCase()));
  const base = account.slice(0, 32).trimEnd();
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${base}-salvaged` : `${base}-salvaged-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
