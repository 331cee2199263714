import { openChannel, type OwnKey, upgradePath } from '@gravy/protocol';
import { dial, listen, type ServerConnection } from '@gravy/transport';
import type { Doorkeeper, Network } from '../core/ports.js';

/** Connections of @gravy/transport with channels of @gravy/protocol over them. */
export function createNetwork(ownKey: OwnKey): Network {
  const admit = async (
    connection: ServerConnection,
    doorkeeper: Doorkeeper,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      const channel = await openChannel(connection, {
        role: 'server',
        ownKey,
        signal,
        onPlausible: () => {
          connection.raise('plausible');
          return doorkeeper.admitHandshake();
        },
        authorize: ({ id }) => doorkeeper.isWelcome(id),
      });
      connection.raise('authenticated');
      doorkeeper.receive({ channel, remoteAddress: connection.remoteAddress });
    } catch {
      // Whoever does not prove to be a contact is dropped in silence (Spec 5.1).
      connection.terminate();
    }
  };

  return {
    connect: async (url, peerId, signal) => {
      const connection = await dial(url, { path: upgradePath(peerId), signal });
      try {
        const channel = await openChannel(connection, { role: 'client', ownKey, peerId, signal });
        return { channel, remoteAddress: connection.remoteAddress };
      } catch (error) {
        connection.terminate();
        throw error;
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
