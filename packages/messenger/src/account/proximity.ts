import { BlockList, isIP } from 'node:net';
import { isPublicAddress } from '@gravy/transport';
import type { Proximity } from '../core/ports/network.js';

/** Names that only mean something in a network of one's own (RFC 6762, RFC 8375, and customs). */
const PRIVATE_NAME = /^[^.]+$|\.(local|localdomain|lan|home|internal|intranet|home\.arpa)$/u;

/** Whoever dials one of these reaches the own machine; the unspecified addresses too. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addSubnet('0.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addAddress('::', 'ipv6');

/** How near the holder of an IP address is; IPv4 addresses may be written as IPv6 in any way. */
export function proximityOfAddress(address: string): Proximity {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (LOOPBACK.check(address.replace(/%.*$/u, ''), family)) return 'loopback';
  return isPublicAddress(address) ? 'public' : 'private';
}

/** Where a URL leads, as far as its text tells. */
export function proximityOfUrl(url: string): Proximity {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/u, '$1').replace(/\.$/u, '');
  if (isIP(host) !== 0) return proximityOfAddress(host);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  return PRIVATE_NAME.test(host) ? 'private' : 'public';
}
