import { z } from 'zod';
import { accountSchema, settingsSchema } from '../schemas.js';
import { method, name, none } from './method.js';

const password = z.string().min(1).max(1024);

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

  'settings.get': method('account', 'What the person has chosen.', none, settingsSchema),
  'settings.set': method(
    'account',
    'Changes the settings that are given; the others stay.',
    settingsSchema.partial(),
    settingsSchema,
  ),

  'events.subscribe': method('account', 'Events follow as notifications.', none, none),
} as const;
