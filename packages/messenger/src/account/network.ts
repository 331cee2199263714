import { openChannel, type OwnKey, upgradePath } from '@gravy/protocol';
import { type Connection, dial, listen, type ServerConnection } from '@gravy/transport';
import type { Doorkeeper, Link, Network } from '../core/ports/network.js';
import { invitesForHandshake } from './invites-for-handshake.js';
import { proximityOfAddress, proximityOfUrl } from './proximity.js';
import { releasing } from './releasing-duplex.js';
import { translateError } from './translate-error.js';

/** Connections of @gravy/transport with channels of @gravy/protocol over them. */
export function createNetwork(ownKey: OwnKey): Network {
  const admit = async (
    connection: ServerConnection,
    { doorkeeper, signal }: { doorkeeper: Doorkeeper; signal: AbortSignal },
  ): Promise<void> => {
    try {
      const channel = await openChannel<Uint8Array>(releasing(connection), {
        role: 'server',
        ownKey,
        signal,
        onPlausible: () => {
          connection.raise('plausible');
          return doorkeeper.admitHandshake(connection.limitGroup);
        },
        invites: () => invitesForHandshake(doorkeeper.openInvites()),
        authorize: (guest) =>
          doorkeeper.authorize({ ...guest, hold: () => connection.raise('held') }),
      });
      connection.raise('authenticated');
      doorkeeper.receive(linkOver(connection, channel, connection.isOfTunnel));
    } catch {
      // Whoever does not prove to be welcome is dropped in silence (Spec 5.1).
      connection.terminate();
    }
  };

  return {
    proximityOf: proximityOfUrl,
    connect: async ({ url, peerId, publicOnly, psk }, signal) => {
      let connection: Connection | undefined;
      try {
        connection = await dial(url, { path: upgradePath(peerId), signal, publicOnly });
        const options = { role: 'client', ownKey, peerId, psk, signal } as const;
        return linkOver(
          connection,
          await openChannel(releasing(connection), options),
          isRelayed(url),
        );
      } catch (error) {
        connection?.terminate();
        throw translateError(error);
      }
    },
    listen: async ({ through, places, ...address }, doorkeeper) => {
      const closing = new AbortController();
      const { signal } = closing;
      const listener = await listen({
        ...address,
        path: upgradePath(ownKey.id),
        isBehindTunnel: through === 'tunnel',
        limits: {
          maxUnauthenticated: places,
          // All guests have the proxy's address: a limit for it would let four of them keep out the others.
          ...(through === 'proxy' ? { isExempt: () => true } : {}),
        },
        onConnection: (connection) => void admit(connection, { doorkeeper, signal }),
      });
      return {
        port: listener.port,
        close: async () => {
          closing.abort();
          await listener.close();
        },
      };
    },
  };
}

function linkOver({ remoteAddress }: Connection, channel: Link['channel'], tunnel: boolean): Link {
  // Who comes through a tunnel is not near, also if the tunnel does not say where it comes from.
  const proximity = tunnel ? 'public' : proximityOfAddress(remoteAddress);
  return { channel, remoteAddress, proximity, tunnel };
}

/** A host itself speaks no TLS: where there is some, a tunnel or a proxy is in front of it. */
function isRelayed(url: string): boolean {
  return /^(wss|https):/iu.test(url.trim());
}
