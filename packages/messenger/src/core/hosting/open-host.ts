import type { HostState } from '../../api/schemas.js';
import type { Doorkeeper, ListenAddress, Listener, Network } from '../ports/network.js';
import type { OpenTunnel, TunnelPlan, Tunnels } from '../ports/tunnel.js';
import { type HostAddresses, hostAddresses } from './host-addresses.js';

/** Spec 6: connections that are not authenticated yet, in all; two listeners share them. */
const MAX_UNAUTHENTICATED = 32;

/** Where to listen, and what leads there. */
export interface HostPlan {
  readonly port: number;
  readonly hostname: string;
  readonly publicUrl: string | undefined;
  readonly tunnel: TunnelPlan | undefined;
}

/** From where a tunnel's process connects, and where it is told to. */
const TUNNEL_HOSTNAME = '127.0.0.1';
/** Listening there includes, or may include, that. */
const INCLUDES_TUNNEL_HOSTNAME: ReadonlySet<string> = new Set([
  TUNNEL_HOSTNAME,
  'localhost',
  '0.0.0.0',
  '::',
]);

/** What guests come through at the listener that the person has asked for. */
function throughFirst({ tunnel, publicUrl, hostname }: HostPlan): ListenAddress['through'] {
  if (tunnel === undefined) return publicUrl === undefined ? 'nothing' : 'proxy';
  return tunnel.kind === 'named' && INCLUDES_TUNNEL_HOSTNAME.has(hostname) ? 'tunnel' : 'nothing';
}

export interface HostListener {
  /** `message`: why, where that is not plain. */
  onState(state: HostState, message: string | undefined): void;
  /** The host is to be found elsewhere now. */
  onAddresses(addresses: HostAddresses): void;
}

/**
 * What a host has open: a listener for this machine and its network, and for a tunnel one more, so that
 * what a guest's address is worth is plain from where it came in. That of a quick tunnel is known to
 * nobody but the tunnel's own process. That of a named one is where its dashboard leads to: this machine,
 * at the port that the person hosts on. If the first listener stands there, it is the tunnel's.
 */
export class OpenHost {
  readonly #plan: HostPlan;
  readonly #listener: HostListener;
  readonly #listeners: Listener[] = [];
  #tunnel: OpenTunnel | undefined;
  #port = 0;
  #tunnelUrl: string | undefined;
  #state: HostState = 'listening';

  private constructor(plan: HostPlan, listener: HostListener) {
    this.#plan = plan;
    this.#listener = listener;
  }

  /** Opens everything, or nothing. */
  static async open(options: {
    plan: HostPlan;
    network: Network;
    tunnels: Tunnels;
    doorkeeper: Doorkeeper;
    listener: HostListener;
    signal: AbortSignal;
  }): Promise<OpenHost> {
    const { plan, network, doorkeeper, tunnels, signal } = options;
    const host = new OpenHost(plan, options.listener);
    try {
      const listenAt = async (address: ListenAddress): Promise<Listener> => {
        const listener = await network.listen(address, doorkeeper);
        host.#listeners.push(listener);
        return listener;
      };
      const through = throughFirst(plan);
      const hasDoor = plan.tunnel !== undefined && through !== 'tunnel';
      const places = hasDoor ? MAX_UNAUTHENTICATED / 2 : MAX_UNAUTHENTICATED;
      const { port, hostname } = plan;
      const first = await listenAt({ port, hostname, through, places });
      host.#port = first.port;
      if (plan.tunnel === undefined) return host;
      const doorPort = plan.tunnel.kind === 'quick' ? 0 : first.port;
      const door = hasDoor
        ? await listenAt({ port: doorPort, hostname: TUNNEL_HOSTNAME, through: 'tunnel', places })
        : first;
      await host.#openTunnel(plan.tunnel, { tunnels, door, signal });
      return host;
    } catch (error) {
      await host.close();
      throw error;
    }
  }

  get addresses(): HostAddresses {
    const { hostname, publicUrl } = this.#plan;
    return hostAddresses({ hostname, port: this.#port, publicUrl, tunnelUrl: this.#tunnelUrl });
  }

  get state(): HostState {
    return this.#state;
  }

  get tunnel(): 'none' | TunnelPlan['kind'] {
    return this.#plan.tunnel?.kind ?? 'none';
  }

  /** Drops who is not authenticated yet, and lets nobody in any more. */
  async stopListening(): Promise<void> {
    for (const listener of this.#listeners.splice(0)) await listener.close();
  }

  /** Ends the tunnel too, and with it what still runs through it. */
  async close(): Promise<void> {
    await this.stopListening();
    await this.#tunnel?.close();
  }

  async #openTunnel(
    plan: TunnelPlan,
    options: { tunnels: Tunnels; door: Listener; signal: AbortSignal },
  ): Promise<void> {
    const { tunnels, door, signal } = options;
    this.#tunnel = await tunnels.open(
      { plan, port: door.port, signal },
      {
        onState: (state, message) => this.#changed(state, message),
        onUrl: (url) => this.#moved(url),
      },
    );
    this.#tunnelUrl = this.#tunnel.url;
  }

  #changed(state: HostState, message: string | undefined): void {
    this.#state = state;
    // A tunnel that is gone for good leads nowhere.
    if (state === 'closed') this.#moved(undefined);
    this.#listener.onState(state, message);
  }

  #moved(tunnelUrl: string | undefined): void {
    this.#tunnelUrl = tunnelUrl;
    this.#listener.onAddresses(this.addresses);
  }
}
