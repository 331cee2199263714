import type { Account } from '../../core/account.js';
import type { Handlers } from './handler.js';

export function historyHandlers(
  account: Account,
): Handlers<'message.search' | 'history.delete' | 'history.export'> {
  const { archive, removal } = account;

  return {
    'message.search': (params) => archive.search(params),
    'history.delete': async (params) => {
      await removal.deleteConversation(params);
      return {};
    },
    'history.export': async (params) => {
      await archive.export(params);
      return {};
    },
  };
}
