import { isIP } from 'node:net';
import { isPublicAddress } from '@gravy/transport';
import type { Proximity } from '../core/ports/network.js';

/** Names that only mean something in a network of one's own (RFC 6762, RFC 8375, and customs). */
const PRIVATE_NAME = /^[^.]+$|\.(local|localdomain|lan|home|internal|intranet|home\.arpa)$/u;

/** How near the holder of an IP address is. */
export function proximityOfAddress(address: string): Proximity {
  if (/^(::ffff:)?127\./u.test(address) || address === '::1') return 'loopback';
  return isPublicAddress(address) ? 'public' : 'private';
}

/** Where a URL leads, as far as its text tells. */
export function proximityOfUrl(url: string): Proximity {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/u, '$1').replace(/\.$/u, '');
  if (isIP(host) !== 0) return proximityOfAddress(host);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  return PRIVATE_NAME.test(host) ? 'private' : 'public';
}
