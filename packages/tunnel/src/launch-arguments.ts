import { GRACE_PERIOD_SECONDS } from './limits.js';
import type { TunnelProtocol } from './state.js';

/**
 * How cloudflared is called. Unknown options are fatal to it, so only those are here that every
 * supported version knows.
 *
 * - Without `--config` the user's own ~/.cloudflared/config.yml wins, and every request gets 404.
 * - Without `--no-autoupdate` it replaces itself, exactly when its output is piped, and the URL is lost.
 * - Quick tunnels without `--protocol auto` know QUIC only, with no way around a firewall.
 * - Never a log level: `debug` writes down headers.
 */
export function launchArguments(options: {
  configFile: string;
  metricsPort: number;
  protocol: TunnelProtocol;
  mode:
    | { readonly kind: 'quick'; readonly port: number }
    | { readonly kind: 'named'; readonly tokenFile: string };
}): string[] {
  const { configFile, metricsPort, protocol, mode } = options;
  const common = [
    'tunnel',
    '--config',
    configFile,
    '--no-autoupdate',
    '--protocol',
    protocol,
    '--metrics',
    `127.0.0.1:${metricsPort}`,
    '--grace-period',
    `${GRACE_PERIOD_SECONDS}s`,
  ];
  // The token itself would be in every process listing.
  return mode.kind === 'quick'
    ? [...common, '--url', `http://127.0.0.1:${mode.port}`]
    : [...common, 'run', '--token-file', mode.tokenFile];
}
