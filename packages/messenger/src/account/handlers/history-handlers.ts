import type { Account } from '../../core/account.js';
import type { Handlers } from './handler.js';

export function historyHandlers(
  account: Account,
): Handlers<'message.search' | 'history.delete' | 'history.export'> {
  const { archive } = account;

  return {
    'message.search': (params) => archive.search(params),
    'history.delete': async (params) => {
      await archive.delete(params);
      return {};
    },
    'history.export': async (params) => {
      await archive.export(params);
      return {};
    },
  };
}
