import * as z from 'zod';
import { accountSchema, historyConditionSchema, settingsSchema } from '../schemas.js';
import { method, name, none } from './method.js';

const password = z.string().min(1).max(1024);
const path = z.string().min(1).max(4096);

export const ACCOUNT_METHODS = {
  'account.list': method(
    'process',
    'Accounts in this home, locked or not.',
    none,
    z.array(accountSchema),
  ),
  'account.create': method(
    'process',
    'Makes an account and unlocks it. A forgotten password cannot be recovered.',
    z.strictObject({ name, password }),
    accountSchema,
  ),
  'account.unlock': method(
    'process',
    'Opens an account; the one that was open here is locked first. The password is always checked.',
    z.strictObject({ name, password }),
    accountSchema,
  ),
  'account.lock': method('process', 'Ends all sessions and closes the account.', none, none),
  'account.delete': method(
    'process',
    'Deletes an account with its key, contacts and history. `confirm` repeats the name.',
    z.strictObject({ name, confirm: z.string() }),
    none,
  ),
  'account.show': method('account', 'Name and id of the open account.', none, accountSchema),
  'account.changePassword': method(
    'account',
    'Locks the key file with another password.',
    z.strictObject({ oldPassword: password, newPassword: password }),
    none,
  ),
  'account.export': method(
    'account',
    'Writes key, contacts and history to one new file (`path` is absolute), locked by a password of its own. Received files are not in it.',
    z.strictObject({ path, password, backupPassword: password }),
    none,
  ),
  'account.import': method(
    'process',
    'Makes an account out of such a file and unlocks it, under the name it had or another one.',
    z.strictObject({ path, backupPassword: password, password, name: name.optional() }),
    accountSchema,
  ),
  'account.examine': method(
    'process',
    "Reads an account's whole history, changes nothing, and says what is the matter with it. If the account is open here, it is locked first.",
    z.strictObject({ name, password }),
    historyConditionSchema,
  ),
  'account.salvage': method(
    'process',
    'Makes another account, called `as`, out of what still reads of a damaged history, with the same key and password. The damaged account stays as it is, and the received files stay with it.',
    z.strictObject({ name, password, as: name }),
    z.strictObject({ name: z.string(), id: z.string(), history: historyConditionSchema }),
  ),

  'settings.get': method('account', 'What the person has chosen.', none, settingsSchema),
  'settings.set': method(
    'account',
    'Changes the settings that are given; the others stay.',
    settingsSchema.partial(),
    settingsSchema,
  ),

  'events.subscribe': method('account', 'Events follow as notifications.', none, none),
} as const;
