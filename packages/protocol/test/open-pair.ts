import type { Channel } from '../src/channel/channel.js';
import { openChannel } from '../src/channel/open-channel.js';
import type { ClientChannelOptions } from '../src/channel/open-client-channel.js';
import type { ServerChannelOptions } from '../src/channel/open-server-channel.js';
import { MemoryDuplex } from './memory-pair.js';
import { clientKey, serverKey } from './pair.js';

export interface OpenPair<Invite> {
  readonly client: Channel;
  readonly server: Channel<Invite>;
  readonly clientDuplex: MemoryDuplex;
  readonly serverDuplex: MemoryDuplex;
}

export function clientOptions(options: Partial<ClientChannelOptions> = {}): ClientChannelOptions {
  return { role: 'client', ownKey: clientKey, peerId: serverKey.id, ...options };
}

export function serverOptions<Invite>(
  options: Partial<ServerChannelOptions<Invite>> = {},
): ServerChannelOptions<Invite> {
  return { role: 'server', ownKey: serverKey, authorize: () => true, ...options };
}

/** Two channels over an in-memory connection, open. */
export async function openPair<Invite = never>(
  client: Partial<ClientChannelOptions> = {},
  server: Partial<ServerChannelOptions<Invite>> = {},
): Promise<OpenPair<Invite>> {
  const [clientDuplex, serverDuplex] = MemoryDuplex.pair();
  const [clientChannel, serverChannel] = await Promise.all([
    openChannel(clientDuplex, clientOptions(client)),
    openChannel<Invite>(serverDuplex, serverOptions(server)),
  ]);
  return { client: clientChannel, server: serverChannel, clientDuplex, serverDuplex };
}

/** Reads the next record. */
export async function nextOf(channel: Channel<unknown>): Promise<unknown> {
  const result = await channel.records[Symbol.asyncIterator]().next();
  return result.done === true ? undefined : result.value;
}
