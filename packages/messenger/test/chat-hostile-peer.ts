import { encodeId } from '@gravy/identity';
import {
  type Channel,
  openChannel,
  OwnKey,
  type ReceivedRecord,
  upgradePath,
} from '@gravy/protocol';
import { type Connection, dial, listen, type Listener } from '@gravy/transport';

/** Somebody with a real key and real sessions, who sends over them whatever a test wants. */
export class HostilePeer {
  readonly key: OwnKey;
  readonly id: string;
  readonly #records = new WeakMap<Channel, AsyncIterator<ReceivedRecord>>();

  constructor(seedByte: number) {
    this.key = OwnKey.fromSeed(new Uint8Array(32).fill(seedByte));
    this.id = encodeId(this.key.id);
  }

  async connect(url: string, peerId: Uint8Array): Promise<Channel> {
    const connection = await dial(url, { path: upgradePath(peerId) });
    return openChannel(connection, { role: 'client', ownKey: this.key, peerId });
  }

  /** Listens where this peer's contacts would look for it. */
  host(onConnection: (connection: Connection) => void): Promise<Listener> {
    const path = upgradePath(this.key.id);
    return listen({ port: 0, hostname: '127.0.0.1', path, onConnection });
  }

  /** The next record that comes over this channel; undefined after its end. */
  async next(channel: Channel): Promise<ReceivedRecord | undefined> {
    const records = this.#records.get(channel) ?? channel.records[Symbol.asyncIterator]();
    this.#records.set(channel, records);
    const { done, value } = await records.next();
    return done === true ? undefined : value;
  }
}
