import { openChannel, type OwnKey } from '@gravy/protocol';
import { translateError } from '../../../src/account/translate-error.js';
import type { Doorkeeper, Link, Network } from '../../../src/core/ports/network.js';
import { MessengerError } from '../../../src/errors.js';
import { type EndName, ScheduledLink } from './scheduled-link.js';

interface Hosted {
  readonly ownKey: OwnKey;
  readonly doorkeeper: Doorkeeper;
}

interface Placed {
  readonly link: ScheduledLink;
  readonly owner: Readonly<Record<EndName, OwnKey>>;
}

/** Real handshakes and records, over connections on which nothing happens until the schedule says so. */
export class ScheduledNetwork {
  readonly #hosts = new Map<string, Hosted>();
  #links: Placed[] = [];

  /** Those that are not over. */
  get links(): readonly ScheduledLink[] {
    this.#links = this.#links.filter(({ link }) => !link.isOver || !link.isQuiet);
    return this.#links.map(({ link }) => link);
  }

  /** What a process with this key sees of the network, which it always hosts at `url`. */
  for(ownKey: OwnKey, url: string): Network {
    return {
      proximityOf: () => 'loopback',
      listen: (_address, doorkeeper) => {
        this.#hosts.set(url, { ownKey, doorkeeper });
        return Promise.resolve({
          port: Number(new URL(url).port),
          close: () => {
            this.#hosts.delete(url);
            return Promise.resolve();
          },
        });
      },
      connect: async (target, signal) => {
        const host = this.#hosts.get(target.url);
        if (host === undefined) throw new MessengerError('unreachable', 'Nobody is there.');
        const link = new ScheduledLink();
        this.#links.push({ link, owner: { client: ownKey, server: host.ownKey } });
        void admit(link, host);
        try {
          const options = { role: 'client', ownKey, peerId: target.peerId, signal } as const;
          return linkOver(await openChannel(link.ends.client, options));
        } catch (error) {
          throw translateError(error);
        }
      },
    };
  }

  /**
   * The process of this key has ended, and nobody listens at `url`. With `isCut` the line is gone as
   * well; otherwise what was sent still arrives, and after it the end.
   */
  abandon(ownKey: OwnKey, url: string, options: { isCut: boolean }): void {
    this.#hosts.delete(url);
    for (const { link, owner } of this.#links) {
      for (const end of ['client', 'server'] as const) {
        if (owner[end] !== ownKey) continue;
        if (options.isCut) link.cut();
        link.ends[end].close();
        link.notice(end);
      }
    }
  }

  /** Everything is over, and everybody knows. */
  end(): void {
    for (const { link } of this.#links) {
      link.cut();
      link.notice('client');
      link.notice('server');
    }
  }
}

async function admit(link: ScheduledLink, { ownKey, doorkeeper }: Hosted): Promise<void> {
  try {
    const channel = await openChannel<Uint8Array>(link.ends.server, {
      role: 'server',
      ownKey,
      onPlausible: () => doorkeeper.admitHandshake(undefined),
      invites: () => doorkeeper.openInvites(),
      authorize: (guest) => doorkeeper.authorize({ ...guest, hold: () => undefined }),
    });
    doorkeeper.receive(linkOver(channel));
  } catch {
    link.ends.server.terminate();
  }
}

function linkOver(channel: Link['channel']): Link {
  return { channel, remoteAddress: '127.0.0.1', proximity: 'loopback', tunnel: false };
}
