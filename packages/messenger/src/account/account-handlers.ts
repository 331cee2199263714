import type { AccountInfo } from '../api/schemas.js';
import type { CheckedParamsOf, MethodName, METHODS, ResultOf } from '../api/methods.js';
import type { Account } from '../core/account.js';
import { MessengerError } from '../errors.js';

/** The methods whose scope is the open account. */
type AccountMethod = {
  [M in MethodName]: (typeof METHODS)[M]['scope'] extends 'account' ? M : never;
}[MethodName];

type Handler<M extends MethodName> = (
  params: CheckedParamsOf<M>,
) => ResultOf<M> | Promise<ResultOf<M>>;

export type AccountHandlers = { readonly [M in AccountMethod]: Handler<M> };

/** Translates calls of the API into calls of the core, one line each. */
export function accountHandlers(options: {
  info: AccountInfo;
  account: Account;
  changePassword: (oldPassword: string, newPassword: string) => Promise<void>;
}): AccountHandlers {
  const { info, account, changePassword } = options;
  const { contacts, conversations, sessions, host, connector, events } = account;
  const isOnline = (contact: string): boolean => sessions.isOnline(contact);
  const changed = (contact: string): Record<string, never> => {
    events.emit({ method: 'contact.changed', params: { contact } });
    return {};
  };

  return {
    'account.show': () => info,
    'account.changePassword': async ({ oldPassword, newPassword }) => {
      await changePassword(oldPassword, newPassword);
      return {};
    },

    'contact.list': () => contacts.list(isOnline),
    'contact.add': async (params) => {
      const id = await contacts.add(params);
      changed(id);
      const added = contacts.list(isOnline).find((contact) => contact.id === id);
      if (added === undefined) throw new MessengerError('internal', 'The contact is gone again.');
      return added;
    },
    'contact.rename': async ({ contact, name }) => changed(await contacts.rename(contact, name)),
    'contact.remove': async ({ contact }) => {
      await account.dismiss(await contacts.remove(contact));
      return {};
    },
    'contact.block': async ({ contact }) => {
      await account.dismiss(await contacts.setBlocked(contact, true));
      return {};
    },
    'contact.unblock': async ({ contact }) => changed(await contacts.setBlocked(contact, false)),
    'contact.replaceKey': async ({ contact, id }) => {
      const replaced = await contacts.replaceKey(contact, id);
      await account.dismiss(replaced.old);
      return changed(replaced.new);
    },
    'contact.safetyNumber': ({ contact }) => contacts.safetyNumber(contact),
    'contact.setVerified': async ({ contact, verified }) =>
      changed(await contacts.setVerified(contact, verified)),

    'host.start': async ({ port, hostname, tunnel }) => {
      if (tunnel !== 'none') {
        throw new MessengerError(
          'tunnel_unavailable',
          'This version cannot open tunnels yet. Host without one (tunnel "none"), on the LAN or behind a proxy of your own.',
        );
      }
      const { localUrl, url, urls } = await host.start({ port, hostname });
      return { localUrl, url, urls: [...urls], tunnel };
    },
    'host.status': () => {
      const guests = sessions.list().filter(({ role }) => role === 'host').length;
      const { addresses } = host;
      if (addresses === undefined) return { running: false, sessions: guests };
      const { localUrl, url } = addresses;
      return { running: true, localUrl, url, tunnel: 'none', sessions: guests };
    },
    'host.stop': async () => {
      await host.stop();
      return {};
    },

    'session.connect': async (params) => {
      const { id, contact } = await connector.connect(params);
      return { session: id, contact };
    },
    'session.list': () =>
      sessions.list().map(({ id, contact, role, openedAt, remote, tunnel }) => ({
        id,
        contact,
        role,
        openedAt,
        remote,
        tunnel,
      })),
    'session.close': async ({ session }) => {
      await sessions.end(session);
      return {};
    },

    'message.send': (params) => conversations.send(params),
    'message.markRead': async (params) => {
      await conversations.markRead(params);
      return {};
    },
    'message.history': (params) => conversations.history(params),

    'events.subscribe': () => ({}),
  };
}
