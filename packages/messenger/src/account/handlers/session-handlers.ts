import type { Account } from '../../core/account.js';
import type { Handlers, MethodsOf } from './handler.js';

export function sessionHandlers(
  account: Account,
): Handlers<MethodsOf<'host' | 'invite' | 'session'>> {
  const { sessions } = account;
  const { host, invites } = account.hosting;
  const { bearer, connector } = account.dialling;

  return {
    'host.start': async (options) => {
      const { localUrl, url, urls, tunnel } = await host.start(options);
      return { localUrl, url, urls: [...urls], tunnel };
    },
    'host.status': () => {
      const guests = sessions.list().filter(({ role }) => role === 'host').length;
      const { running } = host;
      if (running === undefined) return { running: false, sessions: guests };
      const { localUrl, url, urls, tunnel, state, policy } = running;
      return {
        running: true,
        localUrl,
        url,
        urls: [...urls],
        tunnel,
        state,
        policy,
        sessions: guests,
      };
    },
    'host.stop': async () => {
      await host.stop();
      return {};
    },

    'invite.create': (params) => account.invite(params),
    'invite.list': () => invites.list(),
    'invite.revoke': async ({ id }) => {
      await invites.revoke(id);
      return {};
    },

    'session.connect': async ({ invite, contact = '', url, name }) => {
      const session =
        invite === undefined
          ? await connector.connect({ contact, url })
          : await bearer.connect({ invite, name });
      return { session: session.id, contact: session.contact };
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
    'session.disconnect': async ({ contact }) => {
      await account.disconnect(contact);
      return {};
    },
  };
}
