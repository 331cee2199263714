import { openChannel, type OwnKey, upgradePath } from '@gravy/protocol';
import { type Connection, dial, listen, type ServerConnection } from '@gravy/transport';
import type { Doorkeeper, Link, Network } from '../core/ports/network.js';
import { proximityOfAddress, proximityOfUrl } from './proximity.js';
import { translateError } from './translate-error.js';

/** Connections of @gravy/transport with channels of @gravy/protocol over them. */
export function createNetwork(ownKey: OwnKey): Network {
  const admit = async (
    connection: ServerConnection,
    doorkeeper: Doorkeeper,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      const channel = await openChannel<Uint8Array>(connection, {
        role: 'server',
        ownKey,
        signal,
        onPlausible: () => {
          connection.raise('plausible');
          return doorkeeper.admitHandshake();
        },
        invites: () => doorkeeper.openInvites(),
        authorize: (guest) =>
          doorkeeper.authorize({ ...guest, hold: () => connection.raise('held') }),
      });
      connection.raise('authenticated');
      doorkeeper.receive(linkOver(connection, channel, { tunnel: false }));
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
        return linkOver(connection, await openChannel(connection, options), { tunnel: false });
      } catch (error) {
        connection?.terminate();
        throw translateError(error);
      }
    },
    listen: async (address, doorkeeper) => {
      const closing = new AbortController();
      const listener = await listen({
        ...address,
        path: upgradePath(ownKey.id),
        onConnection: (connection) => void admit(connection, doorkeeper, closing.signal),
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

function linkOver(
  { remoteAddress }: Connection,
  channel: Link['channel'],
  { tunnel }: { tunnel: boolean },
): Link {
  return { channel, remoteAddress, proximity: proximityOfAddress(remoteAddress), tunnel };
}
