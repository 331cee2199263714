import type { Contact } from '../../api/schemas.js';
import type { Account } from '../../core/account.js';
import { MessengerError } from '../../errors.js';
import type { Handlers, MethodsOf } from './handler.js';

export function contactHandlers(account: Account): Handlers<MethodsOf<'contact' | 'request'>> {
  const { contacts, events, sessions } = account;
  const { requests } = account.hosting;
  const isOnline = (contact: string): boolean => sessions.isOnline(contact);
  const find = (id: string): Contact => {
    const found = contacts.show(id, isOnline);
    if (found === undefined) throw new MessengerError('internal', 'The contact is gone again.');
    return found;
  };
  const changed = (contact: string): Record<string, never> => {
    events.emit({ method: 'contact.changed', params: { contact } });
    return {};
  };

  return {
    'contact.list': () => contacts.list(isOnline),
    'contact.add': async (params) => find(await account.desk.add(params)),
    'contact.rename': async ({ contact, name }) => changed(await contacts.rename(contact, name)),
    'contact.remove': async ({ contact }) => {
      await account.desk.remove(contact);
      return {};
    },
    'contact.block': async ({ contact }) => {
      await account.desk.block(contact);
      return {};
    },
    'contact.unblock': async ({ contact }) => changed(await contacts.setBlocked(contact, false)),
    'contact.replaceKey': async ({ contact, id }) => {
      await account.desk.replaceKey(contact, id);
      return {};
    },
    'contact.safetyNumber': ({ contact }) => contacts.safetyNumber(contact),
    'contact.setVerified': async ({ contact, verified }) =>
      changed(await contacts.setVerified(contact, verified)),

    'request.list': () => requests.list(),
    'request.accept': async ({ id, name }) => {
      const contact = await requests.accept(id, name);
      changed(contact);
      return find(contact);
    },
    'request.decline': async ({ id, block }) => {
      await requests.decline(id, { block });
      return {};
    },
  };
}
