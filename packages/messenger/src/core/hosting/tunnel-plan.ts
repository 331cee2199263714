import { MessengerError } from '../../errors.js';
import type { TunnelPlan } from '../ports/tunnel.js';

/**
 * Which tunnel the options of a host ask for; undefined for none.
 * @throws MessengerError `tunnel_unavailable` if a named one lacks its token or its name
 */
export function tunnelPlan(options: {
  tunnel: 'none' | 'quick' | 'named';
  tokenFile?: string | undefined;
  publicUrl?: string | undefined;
}): TunnelPlan | undefined {
  const { tunnel, tokenFile, publicUrl } = options;
  switch (tunnel) {
    case 'none':
      return undefined;
    case 'quick':
      return { kind: 'quick' };
    case 'named':
      if (tokenFile === undefined || publicUrl === undefined) {
        throw new MessengerError(
          'tunnel_unavailable',
          'A named tunnel needs the file with its token (tokenFile), and the URL that it has at Cloudflare (publicUrl, for example wss://chat.example.org).',
        );
      }
      return { kind: 'named', tokenFile, hostname: new URL(publicUrl).hostname };
    default:
      return tunnel satisfies never;
  }
}
