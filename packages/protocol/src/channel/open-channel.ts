// Runs the handshake of Spec 2.1 over a connection and gives the channel on it.
import { defaultBackend } from '#default-backend';
import type { Channel } from './channel.js';
import type { Duplex } from './duplex.js';
import { MessageReader } from './message-reader.js';
import { clientSession, type ClientChannelOptions } from './open-client-channel.js';
import { serverSession, type ServerChannelOptions } from './open-server-channel.js';
import { abortedBy } from './patience.js';
import { SessionChannel } from './session-channel.js';

/**
 * Opens a channel over a fresh connection, which is the channel's from here on: it is cut if opening fails.
 *
 * Throws `ProtocolError`: for a client `connection_lost`, `timeout`, `peer_not_authentic`, `not_accepted`, `aborted`, `malformed_message`,
 * `invalid_peer_id`, `unsafe_peer_id` and `misuse`; for a server also `not_addressed_to_us` and `not_admitted`, and
 * `not_accepted` when its own `authorize` said no.
 */
export function openChannel(duplex: Duplex, options: ClientChannelOptions): Promise<Channel>;
export function openChannel<Invite = never>(
  duplex: Duplex,
  options: ServerChannelOptions<Invite>,
): Promise<Channel<Invite>>;
export async function openChannel<Invite>(
  duplex: Duplex,
  options: ClientChannelOptions | ServerChannelOptions<Invite>,
): Promise<Channel<Invite>> {
  const { backend = defaultBackend, now = () => Date.now(), signal } = options;
  // Its end is seen by reading; a connection that tells it as an error must not count as unhandled meanwhile.
  duplex.closed.catch(() => undefined);
  try {
    if (signal?.aborted) throw abortedBy(signal);
    const reader = new MessageReader(duplex);
    const { session, invite } =
      options.role === 'client'
        ? { session: await clientSession(duplex, reader, options), invite: undefined }
        : await serverSession(duplex, reader, options);
    return new SessionChannel({ session, duplex, reader, invite, backend, now });
  } catch (error) {
    duplex.terminate();
    throw error;
  }
}
