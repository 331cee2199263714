import {
  findCloudflared,
  openTunnel,
  type TunnelError,
  type TunnelLimits,
  type TunnelState as SupervisedState,
} from '@gravy/tunnel';
import type { OpenTunnel, TunnelListener, Tunnels } from '../core/ports/tunnel.js';
import type { Home } from './home.js';
import { translateError } from './translate-error.js';

/** What a test makes different: the times, and which cloudflared is run. */
export interface TunnelSettings {
  readonly cloudflared?: string;
  readonly limits?: Partial<TunnelLimits>;
}

/** Tunnels of @gravy/tunnel to the path on which this account answers. */
export function createTunnels(options: {
  home: Home;
  path: string;
  settings: TunnelSettings;
}): Tunnels {
  const { home, path, settings } = options;
  return {
    open: async ({ plan, port, signal }, listener) => {
      try {
        const cloudflared = await findCloudflared({
          binFolder: home.binFolder,
          ...(settings.cloudflared === undefined ? {} : { setting: settings.cloudflared }),
        });
        const tunnel = await openTunnel({
          cloudflared,
          origin: { port, path },
          tunnel: plan,
          folder: home.tunnelFolder,
          signal,
          ...(settings.limits === undefined ? {} : { limits: settings.limits }),
          onEvent: (event) => {
            if (event.kind === 'url') listener.onUrl(socketUrl(event.url));
            else tellState(event.state, listener);
          },
        });
        const opened: OpenTunnel = {
          get url() {
            return socketUrl(tunnel.url);
          },
          close: () => tunnel.close(),
        };
        return opened;
      } catch (error) {
        throw translateError(error);
      }
    },
  };
}

function tellState(state: SupervisedState, listener: TunnelListener): void {
  listener.onState(state.kind, reasonOf(state)?.message);
}

function reasonOf(state: SupervisedState): TunnelError | undefined {
  return state.kind === 'restarting' || state.kind === 'closed' ? state.reason : undefined;
}

/** A tunnel is given as https; guests open a WebSocket there. */
function socketUrl(url: string): string {
  return url.replace(/^http/u, 'ws').replace(/\/$/u, '');
}
