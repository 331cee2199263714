import type { Account } from '../../core/account.js';
import type { Handlers, MethodsOf } from './handler.js';

export function messageHandlers(
  account: Account,
): Handlers<Exclude<MethodsOf<'message'>, 'message.search'>> {
  const { contacts, removal, sessions, settings } = account;
  const { conversations, receipts, typing } = account.delivery;

  return {
    'message.send': (params) => conversations.send(params),
    'message.cancel': async ({ id }) => {
      await removal.cancel(id);
      return {};
    },
    'message.delete': async (params) => {
      await removal.delete(params);
      return {};
    },
    'message.markRead': async (params) => {
      const report = settings.current.readReceipts;
      const contact = await conversations.markRead({ ...params, report });
      void receipts.report(sessions.newest(contact));
      return {};
    },
    'message.typing': async ({ contact }) => {
      const { id } = contacts.resolve(contact);
      await typing.tell(sessions.newest(contacts.textId(id)));
      return {};
    },
    'message.history': (params) => conversations.history(params),
  };
}
