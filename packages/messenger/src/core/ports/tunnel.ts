// What the core needs of a tunnel.

/** Which tunnel: one with a random name while it runs, or one that the person has set up. */
export type TunnelPlan =
  | { readonly kind: 'quick' }
  | {
      readonly kind: 'named';
      /** The public host name that leads to the tunnel. */
      readonly hostname: string;
      readonly tokenFile: string;
    };

/** What a tunnel is doing; it is `closed` for good. */
type TunnelState = 'starting' | 'registered' | 'reachable' | 'degraded' | 'restarting' | 'closed';

export interface TunnelListener {
  /** `message`: why, where that is not plain. */
  onState(state: TunnelState, message: string | undefined): void;
  /** From now on this is the URL that leads here, as `wss://...`. */
  onUrl(url: string): void;
}

export interface OpenTunnel {
  /** `wss://...` */
  readonly url: string;
  close(): Promise<void>;
}

export interface Tunnels {
  /**
   * Leads what comes for this account through a tunnel to a port of this machine. Resolves when the
   * URL can be shared. @throws MessengerError `cloudflared_missing`, `tunnel_unavailable`
   */
  open(
    options: { readonly plan: TunnelPlan; readonly port: number; readonly signal: AbortSignal },
    listener: TunnelListener,
  ): Promise<OpenTunnel>;
}
