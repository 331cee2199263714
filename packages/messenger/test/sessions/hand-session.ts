import { encodeId } from '@gravy/identity';
import { type Channel, memoryDuplexPair, openChannel, OwnKey } from '@gravy/protocol';
import type { Proximity } from '../../src/core/ports/network.js';
import type { Session } from '../../src/core/sessions/session-registry.js';

export const OWN_KEY = OwnKey.fromSeed(new Uint8Array(32).fill(1));
export const PEER_KEY = OwnKey.fromSeed(new Uint8Array(32).fill(2));
export const OWN_ID = encodeId(OWN_KEY.id);
export const PEER_ID = encodeId(PEER_KEY.id);

let opened = 0;

/** A session over a real channel in memory, and the peer's end of it. */
export async function handSession(
  options: { role?: 'host' | 'guest'; openedAt?: number; proximity?: Proximity } = {},
): Promise<{ session: Session; peer: Channel }> {
  const { role = 'guest', openedAt = 0, proximity = 'loopback' } = options;
  const [client, server] = memoryDuplexPair();
  const isGuest = role === 'guest';
  const [clientKey, serverKey] = isGuest ? [OWN_KEY, PEER_KEY] : [PEER_KEY, OWN_KEY];
  const [asClient, asServer] = await Promise.all([
    openChannel(client, { role: 'client', ownKey: clientKey, peerId: serverKey.id }),
    openChannel(server, { role: 'server', ownKey: serverKey, authorize: () => true }),
  ]);
  opened += 1;
  const session: Session = {
    id: `session ${opened}`,
    contact: PEER_ID,
    role,
    openedAt,
    remote: '127.0.0.1',
    proximity,
    tunnel: false,
    channel: isGuest ? asClient : asServer,
  };
  return { session, peer: isGuest ? asServer : asClient };
}
