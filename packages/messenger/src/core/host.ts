import { networkInterfaces } from 'node:os';
import { MessengerError } from '../errors.js';
import type { EventHub } from './event-hub.js';
import { CLOSE_CODE, type Doorkeeper, type Listener, type Network } from './ports.js';
import type { ContactBook } from './contact-book.js';
import type { SessionRegistry } from './session-registry.js';
import { TokenBucket } from './token-bucket.js';

/** Spec 6: handshakes past mac1, with native crypto. */
const HANDSHAKES_PER_SECOND = 50;
const HANDSHAKE_BURST = 100;

export interface HostAddresses {
  readonly localUrl: string;
  /** The best one to share. */
  readonly url: string;
  readonly urls: readonly string[];
}

interface Running {
  readonly listener: Listener;
  readonly addresses: HostAddresses;
}

/** Listens for contacts and turns each that proves its key into a session. */
export class Host {
  readonly #network: Network;
  readonly #contacts: ContactBook;
  readonly #sessions: SessionRegistry;
  readonly #events: EventHub;
  readonly #now: () => number;
  #running: Running | undefined;
  #isStarting = false;

  constructor(options: {
    network: Network;
    contacts: ContactBook;
    sessions: SessionRegistry;
    events: EventHub;
    now: () => number;
  }) {
    this.#network = options.network;
    this.#contacts = options.contacts;
    this.#sessions = options.sessions;
    this.#events = options.events;
    this.#now = options.now;
  }

  get addresses(): HostAddresses | undefined {
    return this.#running?.addresses;
  }

  async start(options: { port: number; hostname: string }): Promise<HostAddresses> {
    if (this.#running !== undefined || this.#isStarting) {
      throw new MessengerError(
        'already_hosting',
        'This account hosts already. Stop it first (host.stop) to host elsewhere.',
      );
    }
    this.#isStarting = true;
    try {
      const listener = await this.#network.listen(options, this.#doorkeeper());
      const addresses = addressesOf(options.hostname, listener.port);
      this.#running = { listener, addresses };
      this.#events.emit({
        method: 'host.changed',
        params: { running: true, url: addresses.url, state: 'listening' },
      });
      return addresses;
    } finally {
      this.#isStarting = false;
    }
  }

  /** Stops listening, drops who is not authenticated yet, and ends the sessions of all guests. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    await running.listener.close();
    await this.#sessions.endAll(({ role }) => role === 'host', CLOSE_CODE.shutdown);
    this.#events.emit({ method: 'host.changed', params: { running: false, state: 'stopped' } });
  }

  #doorkeeper(): Doorkeeper {
    const handshakes = new TokenBucket({
      perSecond: HANDSHAKES_PER_SECOND,
      burst: HANDSHAKE_BURST,
      now: this.#now(),
    });
    return {
      admitHandshake: () => handshakes.take(this.#now()),
      isWelcome: (id) => this.#contacts.isWelcome(id),
      receive: ({ channel, remoteAddress }) => {
        if (!this.#contacts.isWelcome(channel.peerId)) {
          void channel.close(CLOSE_CODE.noLongerContact); // removed while the handshake finished
          return;
        }
        this.#sessions.open({
          contact: this.#contacts.textId(channel.peerId),
          role: 'host',
          channel,
          remote: remoteAddress,
          tunnel: false,
        });
      },
    };
  }
}

/** Loopback, and every address of this machine when all of them are listened on; the LAN's first to share. */
function addressesOf(hostname: string, port: number): HostAddresses {
  const url = (host: string): string => `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (hostname !== '0.0.0.0' && hostname !== '::') {
    return { localUrl: url(hostname), url: url(hostname), urls: [url(hostname)] };
  }
  const lan = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family, scopeid }) => !internal && (family === 'IPv4' || scopeid === 0))
    .filter(({ family }) => hostname === '::' || family === 'IPv4')
    .map(({ address }) => url(address));
  const localUrl = url('127.0.0.1');
  return { localUrl, url: lan[0] ?? localUrl, urls: [...lan, localUrl] };
}
