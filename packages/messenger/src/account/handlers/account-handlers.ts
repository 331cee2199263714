import type { AccountInfo } from '../../api/schemas.js';
import type { Account } from '../../core/account.js';
import { contactHandlers } from './contact-handlers.js';
import { fileHandlers } from './file-handlers.js';
import type { Handlers } from './handler.js';
import { historyHandlers } from './history-handlers.js';
import { messageHandlers } from './message-handlers.js';
import { sessionHandlers } from './session-handlers.js';

/** Translates calls of the API into calls of the core, one line each. */
export function accountHandlers(options: {
  info: AccountInfo;
  account: Account;
  changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
  exportTo: (backup: { path: string; password: string; backupPassword: string }) => Promise<void>;
}): Handlers {
  const { info, account, changePassword, exportTo } = options;
  const { settings } = account;

  return {
    ...contactHandlers(account),
    ...sessionHandlers(account),
    ...messageHandlers(account),
    ...fileHandlers(account),
    ...historyHandlers(account),

    'account.show': () => info,
    'account.changePassword': async ({ oldPassword, newPassword }) => {
      await changePassword(oldPassword, newPassword);
      return {};
    },
    'account.export': async (backup) => {
      await exportTo(backup);
      return {};
    },

    'settings.get': () => settings.current,
    'settings.set': (changes) => settings.change(changes),

    'events.subscribe': () => ({}),
  };
}
