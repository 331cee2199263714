import type { Policy } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import type { IdentityText } from '../ports/identity.js';
import {
  CLOSE_CODE,
  type Doorkeeper,
  type Listener,
  type Network,
  type Proximity,
} from '../ports/network.js';
import type { SessionRegistry } from '../sessions/session-registry.js';
import { type HostAddresses, hostAddresses } from './host-addresses.js';

export interface HostOptions {
  readonly port: number;
  readonly hostname: string;
  readonly policy: Policy;
  readonly publicUrl?: string | undefined;
}

/** What differs from one hosting to the next for those at the door. */
interface DoorRules {
  readonly policy: Policy;
  readonly reach: Proximity;
}

interface Running {
  readonly listener: Listener;
  readonly addresses: HostAddresses;
  readonly policy: Policy;
}

/** Listens for guests; the doorkeeper turns those that get in into sessions. */
export class Host {
  readonly #network: Network;
  readonly #text: IdentityText;
  readonly #sessions: SessionRegistry;
  readonly #events: EventHub;
  readonly #doorkeeper: (rules: DoorRules) => Doorkeeper;
  readonly #onAddresses: (addresses: HostAddresses | undefined) => void;
  #running: Running | undefined;
  #isStarting = false;

  constructor(options: {
    network: Network;
    text: IdentityText;
    sessions: SessionRegistry;
    events: EventHub;
    doorkeeper: (rules: DoorRules) => Doorkeeper;
    /** This account hosts here now, or no more. */
    onAddresses: (addresses: HostAddresses | undefined) => void;
  }) {
    this.#network = options.network;
    this.#text = options.text;
    this.#sessions = options.sessions;
    this.#events = options.events;
    this.#doorkeeper = options.doorkeeper;
    this.#onAddresses = options.onAddresses;
  }

  get running(): (HostAddresses & { readonly policy: Policy }) | undefined {
    const running = this.#running;
    return running === undefined ? undefined : { ...running.addresses, policy: running.policy };
  }

  /** @throws MessengerError `already_hosting`, `invalid_url` for the public one, and what listening throws */
  async start(options: HostOptions): Promise<HostAddresses> {
    const { port, hostname, policy, publicUrl } = options;
    if (this.#running !== undefined || this.#isStarting) {
      throw new MessengerError(
        'already_hosting',
        'This account hosts already. Stop it first (host.stop) to host elsewhere.',
      );
    }
    if (publicUrl !== undefined && !this.#text.isInviteUrl(publicUrl)) {
      throw new MessengerError(
        'invalid_url',
        'The public URL must look like wss://name.example or wss://name.example/path.',
      );
    }
    this.#isStarting = true;
    try {
      // Behind a proxy every guest's socket comes from this machine or its network.
      const reach = publicUrl === undefined ? 'loopback' : this.#network.proximityOf(publicUrl);
      const doorkeeper = this.#doorkeeper({ policy, reach });
      const listener = await this.#network.listen({ port, hostname }, doorkeeper);
      const addresses = hostAddresses({ hostname, port: listener.port, publicUrl });
      this.#running = { listener, addresses, policy };
      this.#events.emit({
        method: 'host.changed',
        params: { running: true, url: addresses.url, state: 'listening' },
      });
      this.#onAddresses(addresses);
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
    this.#onAddresses(undefined);
    await running.listener.close();
    await this.#sessions.endAll(({ role }) => role === 'host', CLOSE_CODE.shutdown);
    this.#events.emit({ method: 'host.changed', params: { running: false, state: 'stopped' } });
  }
}
