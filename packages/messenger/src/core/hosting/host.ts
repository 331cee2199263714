import type { HostState, Policy } from '../../api/schemas.js';
import { MessengerError } from '../../errors.js';
import type { EventHub } from '../event-hub.js';
import type { IdentityText } from '../ports/identity.js';
import { CLOSE_CODE, type Doorkeeper, type Network, type Proximity } from '../ports/network.js';
import type { Tunnels } from '../ports/tunnel.js';
import type { SessionRegistry } from '../sessions/session-registry.js';
import type { HostAddresses } from './host-addresses.js';
import { OpenHost } from './open-host.js';
import { tunnelPlan } from './tunnel-plan.js';

export interface HostOptions {
  readonly port: number;
  readonly hostname: string;
  readonly policy: Policy;
  readonly tunnel: 'none' | 'quick' | 'named';
  readonly tokenFile?: string | undefined;
  readonly publicUrl?: string | undefined;
}

/** What differs from one hosting to the next for those at the door. */
interface DoorRules {
  readonly policy: Policy;
  readonly reach: Proximity;
}

/**
 * Listens for guests; the doorkeeper turns those that get in into sessions.
 *
 *     stopped --start--> starting --> running --stop--> stopped
 *        ^                  `--failed, or stop--'
 */
type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly abort: AbortController; readonly ended: Promise<unknown> }
  | { readonly kind: 'running'; readonly open: OpenHost; readonly policy: Policy };

export interface RunningHost extends HostAddresses {
  readonly policy: Policy;
  readonly state: HostState;
  readonly tunnel: 'none' | 'quick' | 'named';
}

export class Host {
  readonly #network: Network;
  readonly #tunnels: Tunnels;
  readonly #text: IdentityText;
  readonly #sessions: SessionRegistry;
  readonly #events: EventHub;
  readonly #doorkeeper: (rules: DoorRules) => Doorkeeper;
  readonly #onAddresses: (addresses: HostAddresses | undefined) => void;
  #state: State = { kind: 'stopped' };

  constructor(options: {
    network: Network;
    tunnels: Tunnels;
    text: IdentityText;
    sessions: SessionRegistry;
    events: EventHub;
    doorkeeper: (rules: DoorRules) => Doorkeeper;
    /** This account hosts here now, or no more. */
    onAddresses: (addresses: HostAddresses | undefined) => void;
  }) {
    this.#network = options.network;
    this.#tunnels = options.tunnels;
    this.#text = options.text;
    this.#sessions = options.sessions;
    this.#events = options.events;
    this.#doorkeeper = options.doorkeeper;
    this.#onAddresses = options.onAddresses;
  }

  get running(): RunningHost | undefined {
    if (this.#state.kind !== 'running') return undefined;
    const { open, policy } = this.#state;
    return { ...open.addresses, policy, state: open.state, tunnel: open.tunnel };
  }

  /**
   * With a tunnel it resolves once the URL can be shared.
   * @throws MessengerError `already_hosting`, `invalid_url`, `tunnel_unavailable`,
   * `cloudflared_missing`, and what listening throws
   */
  async start(options: HostOptions): Promise<RunningHost> {
    const { port, hostname, policy, publicUrl } = options;
    if (this.#state.kind !== 'stopped') {
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
    const plan = { port, hostname, publicUrl, tunnel: tunnelPlan(options) };
    // Behind a proxy or a named tunnel of one's own any guest's socket may come from this machine or its network.
    const isProxied = options.tunnel !== 'quick' && publicUrl !== undefined;
    const reach = isProxied ? this.#network.proximityOf(publicUrl) : 'loopback';
    const abort = new AbortController();
    const opening = OpenHost.open({
      plan,
      network: this.#network,
      tunnels: this.#tunnels,
      doorkeeper: this.#doorkeeper({ policy, reach }),
      listener: {
        onState: (state, message) => this.#tell(state, message),
        onAddresses: (addresses) => this.#moved(addresses),
      },
      signal: abort.signal,
    }).catch(async (error: unknown) => {
      // Who came in by the first listener while a tunnel was to be opened.
      await this.#endSessions();
      throw error;
    });
    this.#state = { kind: 'starting', abort, ended: opening.catch(() => undefined) };
    try {
      const open = await opening;
      this.#state = { kind: 'running', open, policy };
      this.#tell(open.state);
      this.#onAddresses(open.addresses);
      return { ...open.addresses, policy, state: open.state, tunnel: open.tunnel };
    } catch (error) {
      this.#state = { kind: 'stopped' };
      this.#tell('stopped');
      throw error;
    }
  }

  /** Stops listening, drops who is not authenticated yet, and ends the sessions of all guests. */
  async stop(): Promise<void> {
    if (this.#state.kind === 'starting') {
      this.#state.abort.abort();
      await this.#state.ended;
    }
    if (this.#state.kind !== 'running') return;
    const { open } = this.#state;
    this.#state = { kind: 'stopped' };
    this.#onAddresses(undefined);
    await open.stopListening();
    // Guests hear of it before the tunnel, through which some of them came, ends.
    await this.#endSessions();
    await open.close();
    this.#tell('stopped');
  }

  #endSessions(): Promise<unknown> {
    return this.#sessions.endAll(({ role }) => role === 'host', CLOSE_CODE.shutdown);
  }

  /** A tunnel has another URL than before. */
  #moved(addresses: HostAddresses): void {
    if (this.#state.kind !== 'running') return;
    const { state } = this.#state.open;
    if (state === 'reachable') this.#tell(state);
    this.#onAddresses(addresses);
  }

  #tell(state: HostState, message?: string): void {
    const { running } = this;
    this.#events.emit({
      method: 'host.changed',
      params: {
        running: running !== undefined,
        ...(running === undefined ? {} : { url: running.url }),
        state,
        ...(message === undefined ? {} : { message }),
      },
    });
  }
}
